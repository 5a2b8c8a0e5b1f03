#!/bin/sh
# Makes the encoded files beside this script: 0.8 s of three tones (300, 1000 and 2500 Hz, amplitudes 0.2, 0.1 and 0.05),
# 16 kHz unless the codec wants otherwise. Needs ffmpeg 5.1 or later with the usual encoders, and SoX.
set -eu
cd "$(dirname "$0")"
tones='aevalsrc=0.2*sin(2*PI*300*t)+0.1*sin(2*PI*1000*t)+0.05*sin(2*PI*2500*t)'
make() { # rate, name, encoder options
    rate=$1 name=$2
    shift 2
    ffmpeg -v error -y -f lavfi -i "$tones:s=$rate:d=0.8" -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$@" "$name"
}
make 16000 tones.flac -sample_fmt s16
make 16000 tones-24.flac -sample_fmt s32
make 16000 tones-s24.wav -c:a pcm_s24le
make 16000 tones-alaw.wav -c:a pcm_alaw
make 16000 tones.mp3 -b:a 64k
make 16000 tones.m4a -b:a 64k
make 16000 tones.aac -b:a 64k
make 48000 tones-opus.ogg -c:a libopus -b:a 48k
make 48000 tones-opus.webm -c:a libopus -b:a 48k
make 44100 tones-vorbis.ogg -c:a libvorbis -q:a 4
make 16000 tones.aiff -c:a pcm_s16be
make 16000 tones.au -c:a pcm_s16be
make 16000 tones.caf -c:a pcm_s16le
make 16000 tones-alac.m4a -c:a alac
make 16000 tones-flac.ogg -c:a flac -sample_fmt s16
make 16000 tones.w64 -c:a pcm_s16le
make 8000 tones-gsm.wav -c:a libgsm_ms
ffmpeg -v error -y -f lavfi -i "testsrc=s=64x64:d=0.2:r=5" -c:v mpeg4 -map_metadata -1 -fflags +bitexact picture-only.mp4
# Old phones' codec, which ffmpeg seldom encodes; SoX with its opencore-amr format does.
ffmpeg -v error -y -f lavfi -i "$tones:s=8000:d=0.8" -map_metadata -1 -fflags +bitexact -flags:a +bitexact amr.wav
sox amr.wav -t amr-nb -C 7 tones.amr
rm amr.wav
# 5 s of one tone; the last file says its length nowhere.
tone() { # name, encoder options
    name=$1
    shift
    ffmpeg -v error -y -f lavfi -i 'aevalsrc=0.2*sin(2*PI*440*t):s=48000:d=5' -map_metadata -1 -fflags +bitexact \
        -flags:a +bitexact "$@" "$name"
}
tone tone-48k.mp3 -b:a 32k
tone tone-48k.ogg -c:a libopus -b:a 16k
tone tone-48k.m4a -b:a 32k
tone tone-48k.flac -sample_fmt s16 -compression_level 12
tone tone-48k-stereo.mp3 -ac 2 -b:a 48k
tone tone-48k-stereo-no-length.mp3 -ac 2 -b:a 48k -write_xing 0
# The phones' container, with a length and in fragments without one; the codec is not encoded anew.
ffmpeg -v error -y -i tones.amr -c copy -map_metadata -1 -fflags +bitexact tones.3gp
ffmpeg -v error -y -i tones.amr -c copy -map_metadata -1 -fflags +bitexact -movflags frag_keyframe+empty_moov tones-fragments.3gp
