#!/bin/sh
# Makes the files beside this script whose time stamps have holes or do not begin at 0, and those of two tracks and of G.722 and G.726.
# Needs ffmpeg 5.1 or later with libopus.
set -eu
cd "$(dirname "$0")"
exact='-map_metadata -1 -fflags +bitexact -flags:a +bitexact'
tone='aevalsrc=0.2*sin(2*PI*300*t)'
work=$(mktemp -d)
ffmpeg -v error -y -f lavfi -i "$tone:s=48000:d=3" $exact -c:a libopus -b:a 24k "$work/whole.webm"
ffmpeg -v error -y -f lavfi -i "$tone:s=16000:d=3" $exact -c:a aac -b:a 24k "$work/whole.m4a"
# One second muted, from packet 50 on; every tenth packet lost.
ffmpeg -v error -y -i "$work/whole.webm" $exact -c copy -bsf:a "noise=drop='between(n,50,99)'" muted.webm
ffmpeg -v error -y -i "$work/whole.webm" $exact -c copy -bsf:a "noise=drop='between(n,50,99)'" muted.ogg
ffmpeg -v error -y -i "$work/whole.m4a" $exact -c copy -bsf:a "noise=drop='between(n,16,31)'" muted.m4a
ffmpeg -v error -y -i "$work/whole.webm" $exact -c copy -bsf:a "noise=drop='eq(mod(n,10),9)'" lost.webm
# The second piece of three.
for kind in webm ogg; do
    ffmpeg -v error -y -i "$work/whole.webm" $exact -c copy -f segment -segment_time 1 "$work/piece%d.$kind"
    mv "$work/piece1.$kind" "piece.$kind"
done
ffmpeg -v error -y -f lavfi -i "$tone:s=8000:d=3" $exact -c:a flac -f segment -segment_time 1 "$work/piece%d.mkv"
mv "$work/piece1.mkv" piece.mkv
ffmpeg -v error -y -f lavfi -i "$tone:s=8000:d=3" $exact -c:a flac -f segment -segment_time 1 "$work/piece%d.flac"
mv "$work/piece2.flac" piece.flac
ffmpeg -v error -y -f lavfi -i "$tone:s=48000:d=0.5" -f lavfi -i "aevalsrc=0.1*sin(2*PI*700*t):s=48000:d=0.7" \
    -map 0 -map 1 $exact -c:a libopus -b:a 24k two-tracks.webm
ffmpeg -v error -y -f lavfi -i "$tone:s=16000:d=0.5" $exact -c:a g722 g722.wav
ffmpeg -v error -y -f lavfi -i "$tone:s=8000:d=0.5" $exact -c:a g726 g726.wav
rm -r "$work"
