package io.github.spirabr.report;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.report.internal.Tick;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Draws a picture of features: title, windows, heat map, axes and colour bar. Lengths are in points. */
final class FeatureDrawing implements PictureFile.Drawing {

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font WINDOW = new Font(Font.SANS_SERIF, Font.PLAIN, 9);

    private static final Color INK = new Color(0x222222);
    static final Color NO_SOUND = new Color(0xDDDDDD);
    private static final Color BAR = new Color(0xDCE6F2);
    private static final Color BAR_EDGE = new Color(0x5B7DB1);
    private static final Color LINE_ON_DARK = new Color(255, 255, 255, 150);
    private static final Color LINE_ON_LIGHT = new Color(60, 60, 60, 150);

    private static final BasicStroke DASHES =
            new BasicStroke(0.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {3, 3}, 0);

    private static final int LEFT = 76;
    private static final int RIGHT = 104;
    private static final int TOP = 58;
    private static final int BOTTOM = 54;
    private static final int TICK = 5;
    private static final int BAR_WIDTH = 16;
    private static final int BAR_GAP = 14;
    private static final int ROW_HEIGHT = 12;
    private static final int MOST_STRIP = 84;
    private static final int STRIP_GAP = 10;

    /** More windows than these have no lines through the picture, which would hide it. */
    private static final int MOST_LINES = 40;

    private final String recording;
    private final Waveform waveform;
    private final FeatureMatrix matrix;
    private final FeatureView view;
    private final List<WindowSpan> windows;
    private final WindowRows rows;
    private final int width;
    private final double rowHeight;
    private final Rectangle2D plot;
    private final double lastSecond;

    FeatureDrawing(
            String recording, Waveform waveform, FeatureMatrix matrix, FeatureView view, List<WindowSpan> windows,
            int width, int height) {
        this.recording = printable(recording);
        this.waveform = waveform;
        this.matrix = matrix;
        this.view = view;
        this.windows = windows;
        this.rows = WindowRows.of(windows);
        this.width = width;
        this.rowHeight = Math.min(ROW_HEIGHT, (double) MOST_STRIP / Math.max(1, rows.count()));
        double strip = windows.isEmpty() ? 0 : rows.count() * rowHeight + STRIP_GAP;
        this.plot = new Rectangle2D.Double(LEFT, TOP + strip, width - LEFT - RIGHT, height - TOP - strip - BOTTOM);
        long last = waveform.length();
        for (WindowSpan window : windows) {
            last = Math.max(last, (long) window.start() + window.length());
        }
        this.lastSecond = (double) last / waveform.sampleRate();
    }

    /** Removes characters that XML does not allow. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", "\uFFFD");
    }

    /** The place of the heat map. */
    Rectangle2D plot() {
        return plot;
    }

    @Override
    public void on(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, width, plot.getMaxY() + BOTTOM));
        graphics.setStroke(new BasicStroke(1));
        titles(graphics);
        heatMap(graphics);
        windows(graphics);
        timeAxis(graphics);
        featureAxis(graphics);
        colourBar(graphics);
    }

    private double x(double seconds) {
        return plot.getX() + plot.getWidth() * seconds / lastSecond;
    }

    private void titles(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setFont(TITLE);
        String name = view.name() + " of ";
        FontMetrics metrics = graphics.getFontMetrics();
        double room = width - LEFT - BAR_GAP;
        String title = name + shortened(recording, metrics, room - metrics.stringWidth(name));
        graphics.drawString(title, LEFT, 24);
        graphics.setFont(SUBTITLE);
        String rate = String.format(Locale.ROOT, "%d Hz", waveform.sampleRate());
        String marked = windows.isEmpty() ? "" : "; " + windows.size() + (windows.size() == 1 ? " window" : " windows");
        String details = view.settings().isEmpty() ? rate : view.settings() + "; " + rate;
        graphics.drawString(cut(details + marked, graphics.getFontMetrics(), room), LEFT, 43);
    }

    /** The end of a long path says more than its beginning. */
    private static String shortened(String text, FontMetrics metrics, double room) {
        String shown = text;
        for (int from = 1; metrics.stringWidth(shown) > room && from < text.length(); from++) {
            shown = "\u2026" + text.substring(from);
        }
        return shown;
    }

    private static String cut(String text, FontMetrics metrics, double room) {
        String shown = text;
        for (int to = text.length() - 1; metrics.stringWidth(shown) > room && to > 0; to--) {
            shown = text.substring(0, to) + "\u2026";
        }
        return shown;
    }

    private void heatMap(Graphics2D graphics) {
        graphics.setColor(NO_SOUND);
        graphics.fill(plot);
        double seconds = (double) waveform.length() / waveform.sampleRate();
        double right = x(seconds);
        int columns = Math.max(1, (int) Math.round(PictureFile.SCALE * (right - plot.getX())));
        int lines = (int) Math.round(PictureFile.SCALE * plot.getHeight());
        BufferedImage image = HeatMap.image(matrix, view, seconds, columns, lines);
        graphics.drawImage(image, new AffineTransform(
                (right - plot.getX()) / columns, 0, 0, plot.getHeight() / lines, plot.getX(), plot.getY()), null);
        graphics.setColor(INK);
        graphics.draw(plot);
    }

    private void windows(Graphics2D graphics) {
        if (windows.isEmpty()) {
            return;
        }
        graphics.setFont(LABEL);
        graphics.setColor(INK);
        String label = "Windows";
        double middle = TOP + rows.count() * rowHeight / 2;
        FontMetrics metrics = graphics.getFontMetrics();
        text(graphics, label, LEFT - TICK - 4 - metrics.stringWidth(label), middle + 4);
        graphics.setFont(WINDOW);
        for (int w = 0; w < windows.size(); w++) {
            WindowSpan window = windows.get(w);
            double left = x((double) window.start() / waveform.sampleRate());
            double right = x(((double) window.start() + window.length()) / waveform.sampleRate());
            Rectangle2D bar = new Rectangle2D.Double(
                    left, TOP + rows.row()[w] * rowHeight, right - left, Math.max(1, rowHeight - 2));
            graphics.setColor(BAR);
            graphics.fill(bar);
            graphics.setColor(BAR_EDGE);
            graphics.draw(bar);
            String number = Integer.toString(w + 1);
            double wide = graphics.getFontMetrics().stringWidth(number);
            if (rowHeight >= ROW_HEIGHT && wide + 4 < bar.getWidth()) {
                graphics.setColor(INK);
                text(graphics, number, bar.getCenterX() - wide / 2, bar.getMaxY() - 1.5);
            }
            if (windows.size() <= MOST_LINES) {
                line(graphics, left);
                line(graphics, right);
            }
        }
    }

    private void line(Graphics2D graphics, double x) {
        if (x <= plot.getX() + 1 || x >= plot.getMaxX() - 1) {
            return;
        }
        graphics.setColor(view.colours().map() == ColourMap.DIVERGING ? LINE_ON_LIGHT : LINE_ON_DARK);
        graphics.setStroke(DASHES);
        graphics.draw(new Line2D.Double(x, plot.getY() + 1, x, plot.getMaxY() - 1));
        graphics.setStroke(new BasicStroke(1));
    }

    private void timeAxis(Graphics2D graphics) {
        graphics.setColor(INK);
        graphics.setFont(LABEL);
        FontMetrics metrics = graphics.getFontMetrics();
        for (Tick tick : Tick.between(0, lastSecond, (int) (plot.getWidth() / 70))) {
            double x = x(tick.position());
            graphics.draw(new Line2D.Double(x, plot.getMaxY(), x, plot.getMaxY() + TICK));
            text(graphics, tick.label(), x - metrics.stringWidth(tick.label()) / 2.0, plot.getMaxY() + TICK + 14);
        }
        graphics.setFont(AXIS);
        String title = "Time (s)";
        double wide = graphics.getFontMetrics().stringWidth(title);
        text(graphics, title, plot.getCenterX() - wide / 2, plot.getMaxY() + 42);
    }

    private void featureAxis(Graphics2D graphics) {
        FeatureAxis axis = view.vertical();
        graphics.setColor(INK);
        graphics.setFont(LABEL);
        FontMetrics metrics = graphics.getFontMetrics();
        for (Tick tick : axis.ticks()) {
            double y = plot.getMaxY() - plot.getHeight() * (tick.position() - axis.low()) / (axis.high() - axis.low());
            graphics.draw(new Line2D.Double(plot.getX() - TICK, y, plot.getX(), y));
            text(graphics, tick.label(), plot.getX() - TICK - 4 - metrics.stringWidth(tick.label()), y + 4);
        }
        graphics.setFont(AXIS);
        upwards(graphics, axis.title(), 22);
    }

    private void colourBar(Graphics2D graphics) {
        ColourScale colours = view.colours();
        double left = plot.getMaxX() + BAR_GAP;
        int steps = (int) Math.round(PictureFile.SCALE * plot.getHeight());
        BufferedImage image = new BufferedImage(1, steps, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < steps; y++) {
            image.setRGB(0, y, colours.map().rgb(1 - (y + 0.5) / steps));
        }
        graphics.drawImage(image, new AffineTransform(
                BAR_WIDTH, 0, 0, plot.getHeight() / steps, left, plot.getY()), null);
        graphics.setColor(INK);
        graphics.draw(new Rectangle2D.Double(left, plot.getY(), BAR_WIDTH, plot.getHeight()));
        graphics.setFont(LABEL);
        for (Tick tick : Tick.between(colours.low(), colours.high(), (int) (plot.getHeight() / 35))) {
            double share = (tick.position() - colours.low()) / (colours.high() - colours.low());
            double y = plot.getMaxY() - plot.getHeight() * share;
            graphics.draw(new Line2D.Double(left + BAR_WIDTH, y, left + BAR_WIDTH + TICK, y));
            text(graphics, tick.label(), left + BAR_WIDTH + TICK + 3, y + 4);
        }
        graphics.setFont(AXIS);
        upwards(graphics, colours.title(), width - 10);
    }

    /** A title that is read from the bottom to the top, beside the middle of the plot. */
    private void upwards(Graphics2D graphics, String title, double x) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, plot.getCenterY() + graphics.getFontMetrics().stringWidth(title) / 2.0);
        graphics.rotate(-Math.PI / 2);
        graphics.drawString(title, 0, 0);
        graphics.setTransform(before);
    }

    private static void text(Graphics2D graphics, String text, double x, double y) {
        graphics.drawString(text, (float) x, (float) y);
    }
}
