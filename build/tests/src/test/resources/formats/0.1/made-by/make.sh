#!/usr/bin/env bash
# Makes the stored formats of version 0.1 anew: made-by/make.sh FOLDER, where FOLDER is a copy of that version that
# `mvn package` was run in, at commit 7141a5b. It takes some five minutes. Twice the same bytes on Linux on x86-64.
set -euo pipefail
version=$(cd "$1" && pwd)
formats=$(cd "$(dirname "$0")/.." && pwd)
demo=$version/examples/demo
# The matrix products' last bits differ between processors, unless they are told which instructions to use.
export OPENBLAS_CORETYPE=Haswell
spira() { java -jar "$version/examples/target/spira.jar" "$@"; }
make() { java -cp "$version/examples/target/spira.jar:$version/examples/target/lib/*" "$formats/made-by/StoredFormats01.java" "$@"; }

cd "$formats"
rm -rf answers experiment/models experiment/work experiment/checkpoints year/models year/journal configuration/*.read.yaml
mkdir -p answers
cp -r "$demo/audio" experiment/audio
cp -r "$demo/audio" year/audio
printf 'no audio' > year/audio/damaged.wav
printf 'no audio either' > year/audio/text.wav
cp year/audio/subject-20-1.ogg year/audio/copy.ogg
make "$formats"

cp year/metadata-3.csv year/metadata.csv
while read -r folder file command; do
  # What a command answers, with FOLDER in place of the working directory.
  (cd "$folder" && spira $command | sed "s|$(pwd)|FOLDER|g") > "answers/$file" < /dev/null
done < commands.txt
rm year/metadata.csv
rm -r experiment/audio year/audio
find . -name .lock -delete

runs=$(mktemp -d)
mkdir "$runs/examples"
cp -r "$demo" "$runs/examples/demo"
cd "$runs"
spira run examples/demo/metadata.csv --models two-epochs --epochs 2
make two-epochs/spira/000001/files "$formats/answers/run-two-epochs.sha256"
spira run examples/demo/metadata.csv
make models/spira/000001/files "$formats/answers/run-readme.sha256"
rm -r "$runs"
