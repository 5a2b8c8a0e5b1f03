package io.github.spirabr.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PyTorch where its jars are missing: classes are loaded a second time, without these. */
class PytorchLoadTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void theLoaderIsAsBefore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void missingJarsAreNamedAtEachCall() throws ReflectiveOperationException, IOException {
        List<URL> without = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!String.valueOf(path.getFileName()).matches("pytorch-(engine|jni|native).*")) {
                without.add(path.toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Method engine = loader.loadClass(Pytorch.class.getName()).getDeclaredMethod("engine");
            engine.setAccessible(true);
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(() -> engine.invoke(null)).cause().isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("PyTorch must load from the jars of pytorch-engine, pytorch-jni and"
                                + " pytorch-native-cpu (of this platform), but did not: ")
                        .hasMessageEndingWith(
                                "; put these jars on the class path, or name a writable folder in ENGINE_CACHE_DIR");
            }
        }
    }
}
