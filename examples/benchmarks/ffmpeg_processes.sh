#!/bin/sh
# Starts the ffmpeg program once for each file of a folder, and prints how many milliseconds that took in all.
# usage: ffmpeg_processes.sh FOLDER
set -eu
start=$(date +%s%N)
for file in "$1"/*; do
  ffmpeg -nostdin -v error -threads 1 -i "$file" -ac 1 -ar 16000 -f f32le - > /dev/null
done
end=$(date +%s%N)
echo $(((end - start) / 1000000))
