#!/bin/sh
# Runs both sides of a comparison one after the other, several times, so that both meet the same machine, and prints
# the medians and their ratio.
#
# usage: compare.sh features          against torchaudio; PYTHON names a Python that has it (default python3)
#        compare.sh front-ends       against torchaudio and librosa; PYTHON names a Python that has both (default python3)
#        compare.sh speech           speech-statistics against Praat; PYTHON names a Python that has parselmouth (default python3)
#        compare.sh decoding [FOLDER] against the ffmpeg program, on a folder of audio files (default the demo's)
#        compare.sh training         SpiraConv against PyTorch; PYTHON names a Python that has it (default python3)
#        compare.sh panns            a training step of CNN10 on PyTorch against PyTorch in PYTHON, with one thread for each processor
#        compare.sh memory           a whole training of 100 recordings against one of 1000, on a heap of 512 MB
#        compare.sh prediction       a recording of 10 s from bytes to answer; on one processor against all; memory
#        compare.sh datasets FOLDER  a prepared data set of 1 GiB against a plain copy, on the disk of that folder
#        compare.sh s3 FOLDER        the same on an S3 server in that folder, against the SDK's transfer manager
# PAIRS is how often both sides run (default 5). The library is built first.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
pairs=${PAIRS:-5}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

usage() {
  sed -n 's/^# \{0,1\}//; 5,14p' "$0" >&2
  exit 2
}

build() {
  mvn -q -B -ntp -f "$root/pom.xml" -pl examples/benchmarks -am -DskipTests package
}

# One line for each case of a JMH run: its method and the median of its times.
jmh_medians() {
  java -jar "$here/target/benchmarks.jar" -rf csv -rff "$results/jmh.csv" "$@" > "$results/jmh.log" 2>&1 || {
    cat "$results/jmh.log" >&2
    exit 1
  }
  sed -n 's/^"[^"]*\.\([a-z]*\):[^"]*p0\.50","sample",[0-9]*,[0-9]*,\([0-9.]*\),.*/\1 \2/p' "$results/jmh.csv"
}

median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# summary CASE THEIRS: of files of "case milliseconds" lines, one line for each pair.
summary() {
  ours=$(sed -n "s/^$1 //p" "$results/ours" | median)
  theirs=$(sed -n "s/^$1 //p" "$results/theirs" | median)
  sed -n "s/^$1 //p" "$results/ours" > "$results/a"
  sed -n "s/^$1 //p" "$results/theirs" > "$results/b"
  ratio=$(paste "$results/a" "$results/b" | awk '{ print $2 / $1 }' | median)
  echo "$1 $ours $theirs $ratio $2" |
    awk '{ printf "%-12s spira %9.2f ms   %s %9.2f ms   ratio %6.2f (median of the pairs)\n", $1, $2, $5, $3, $4 }'
}

# python_pairs BENCHMARK SCRIPT RIVAL CASE CASE: both sides in turn, and one line for each of two cases.
python_pairs() {
  build
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    jmh_medians "$1" >> "$results/ours"
    "${PYTHON:-python3}" "$here/$2" >> "$results/theirs"
    echo "pair $pair of $pairs:" $(tail -n 2 "$results/ours") "| $3" $(tail -n 2 "$results/theirs") >&2
    pair=$((pair + 1))
  done
  summary "$4" "$3"
  summary "$5" "$3"
}

# On one processor each, since Praat analyses pitch on all of them.
speech() {
  build
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    jmh_medians SpeechBenchmark >> "$results/ours"
    taskset -c 0 "${PYTHON:-python3}" "$here/praat_speech.py" > "$results/praat"
    cat "$results/praat" >> "$results/theirs"
    echo "pair $pair of $pairs:" $(tail -n 1 "$results/ours") "| praat" $(cat "$results/praat") >&2
    pair=$((pair + 1))
  done
  summary statistics praat
}

decoding() {
  folder=$(cd "${1:-$root/examples/demo/audio}" && pwd)
  build
  echo "$(ls "$folder" | wc -l) files in $folder" >&2
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    java -jar "$here/target/benchmarks.jar" DecodingBenchmark -p folder="$folder" > "$results/jmh.log" 2>&1 || {
      cat "$results/jmh.log" >&2
      exit 1
    }
    sed -n 's/^Iteration *[0-9]*: *\([0-9.]*\) ms.*/\1/p' "$results/jmh.log" > "$results/passes"
    first=$(head -n 1 "$results/passes")
    later=$(tail -n +2 "$results/passes" | median)
    program=$("$here/ffmpeg_processes.sh" "$folder")
    printf 'first-pass %s\nlater-passes %s\n' "$first" "$later" >> "$results/ours"
    printf 'first-pass %s\nlater-passes %s\n' "$program" "$program" >> "$results/theirs"
    echo "pair $pair of $pairs: first pass $first, later passes $later | ffmpeg $program" >&2
    pair=$((pair + 1))
  done
  summary first-pass ffmpeg
  summary later-passes ffmpeg
}

training() {
  build
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    jmh_medians TrainingBenchmark >> "$results/ours"
    "${PYTHON:-python3}" "$here/training/pytorch_step.py" >> "$results/theirs"
    echo "pair $pair of $pairs:" $(tail -n 2 "$results/ours") "| pytorch" $(tail -n 2 "$results/theirs") >&2
    pair=$((pair + 1))
  done
  summary step pytorch
  summary predict pytorch
}

panns() {
  mvn -q -B -ntp -f "$root/pom.xml" -pl extensions/spira-pytorch -am -DskipTests package
  mvn -q -B -ntp -f "$root/pom.xml" -pl extensions/spira-pytorch -am -DskipTests test-compile dependency:build-classpath \
    -Dmdep.outputFile="$results/path"
  module=$root/extensions/spira-pytorch/target
  threads=$(nproc)
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    java -cp "$module/classes:$module/test-classes:$(cat "$results/path")" \
      io.github.spirabr.pytorch.PannsStep "$threads" 2> "$results/panns.log" >> "$results/ours"
    "${PYTHON:-python3}" "$here/training/pytorch_panns.py" "$threads" >> "$results/theirs"
    echo "pair $pair of $pairs:" $(tail -n 1 "$results/ours") "| pytorch" $(tail -n 1 "$results/theirs") >&2
    pair=$((pair + 1))
  done
  summary step pytorch
}

whole_training() {
  java -Xmx512m -cp "$here/target/benchmarks.jar:$here/target/lib/*" \
    io.github.spirabr.benchmarks.training.WholeTraining "$@" 2>> "$results/whole.log"
}

memory() {
  build
  whole_training 100 1 | tee "$results/few"
  whole_training 1000 1 | tee "$results/many"
  cat "$results/few" "$results/many" |
    awk '{ mb[NR] = $8 } END { printf "10 times the recordings: %.2f times the memory\n", mb[2] / mb[1] }'
}

many_predictions() {
  # The whole heap is there from the beginning, so that the resident memory shows what grows outside of it.
  ${pin:-} java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp "$here/target/benchmarks.jar:$here/target/lib/*" \
    io.github.spirabr.benchmarks.prediction.ManyPredictions "$1" 2>> "$results/predictions.log"
}

prediction() {
  build
  jmh_medians PredictionBenchmark | sed 's/$/ ms (median)/'
  pair=1
  while [ "$pair" -le "$pairs" ]; do
    pin="taskset -c 0" && many_predictions 400 | tee -a "$results/one"
    pin=
    many_predictions 400 | tee -a "$results/all"
    pair=$((pair + 1))
  done
  awk '{ print $7 }' "$results/one" > "$results/a"
  awk '{ print $7 }' "$results/all" > "$results/b"
  paste "$results/a" "$results/b" | awk '{ print $2 / $1 }' | median |
    awk '{ printf "all processors: %.2f times the answers of one (median of the pairs)\n", $1 }'
  many_predictions 10000
}

datasets() {
  build
  java -Xmx128m -cp "$here/target/benchmarks.jar:$here/target/lib/*" \
    io.github.spirabr.benchmarks.storage.PreparedDatasetBenchmark "$1" 1024 "$pairs"
}

s3() {
  build
  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local-secret AWS_REGION=us-east-1
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION
  server=$(mktemp -d "$1/server-XXXXXX")
  java -cp "$here/target/benchmarks.jar:$here/target/lib/*" \
    io.github.spirabr.benchmarks.storage.LocalS3 "$server" datasets 0 > "$results/server.log" 2>&1 &
  trap 'kill $! 2> /dev/null; rm -rf "$results" "$server"' EXIT
  until port=$(sed -n 's/^listening on port //p' "$results/server.log") && [ -n "$port" ]; do
    kill -0 $! 2> /dev/null || { cat "$results/server.log" >&2; exit 1; }
    sleep 1
  done
  java -Xmx256m -cp "$here/target/benchmarks.jar:$here/target/lib/*" \
    io.github.spirabr.benchmarks.storage.S3DatasetBenchmark "http://127.0.0.1:$port" datasets "$1" 1024 "$pairs"
}

case ${1:-} in
  features) [ $# -eq 1 ] || usage; python_pairs MfccBenchmark torchaudio_features.py torchaudio windows whole ;;
  front-ends) [ $# -eq 1 ] || usage; python_pairs FrontEndsBenchmark front_ends.py python fbank logmel ;;
  speech) [ $# -eq 1 ] || usage; speech ;;
  decoding) [ $# -le 2 ] || usage; shift; decoding "$@" ;;
  training) [ $# -eq 1 ] || usage; training ;;
  panns) [ $# -eq 1 ] || usage; panns ;;
  memory) [ $# -eq 1 ] || usage; memory ;;
  prediction) [ $# -eq 1 ] || usage; prediction ;;
  datasets) [ $# -eq 2 ] || usage; datasets "$2" ;;
  s3) [ $# -eq 2 ] || usage; s3 "$2" ;;
  *) usage ;;
esac
