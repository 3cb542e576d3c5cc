package extract

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
)

// media reads how long a recording is, from the headers of MP4, WebM and MP3. A file in which that is not found is fine
// all the same: browsers will find out when they play it.
func (d details) media() {
	f, err := os.Open(d.path)
	if err != nil {
		d.fail("unreadable", "This file could not be read.")
		return
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return
	}
	switch d.r.MediaType {
	case "video/mp4", "audio/mp4", "video/quicktime", "video/x-m4v", "audio/x-m4a":
		d.r.DurationMS = mp4Duration(f, info.Size())
	case "video/webm", "audio/webm", "video/x-matroska":
		d.r.DurationMS = webmDuration(f)
	case "audio/mpeg":
		d.r.DurationMS = mp3Duration(f, info.Size())
	}
}

// mp4Duration finds moov/mvhd (ISO/IEC 14496-12, 8.2.2).
func mp4Duration(f io.ReaderAt, size int64) int64 {
	find := func(from, to int64, want string) (int64, int64) {
		for boxes := 0; from+8 <= to && boxes < 1000; boxes++ {
			var h [16]byte
			if _, err := f.ReadAt(h[:8], from); err != nil {
				return 0, 0
			}
			n, head := int64(binary.BigEndian.Uint32(h[:4])), int64(8)
			if n == 1 {
				if _, err := f.ReadAt(h[8:], from+8); err != nil {
					return 0, 0
				}
				n, head = int64(binary.BigEndian.Uint64(h[8:])&math.MaxInt64), 16
			} else if n == 0 {
				n = to - from
			}
			if n < head || from > to-n {
				return 0, 0
			}
			if string(h[4:8]) == want {
				return from + head, from + n
			}
			from += n
		}
		return 0, 0
	}
	start, end := find(0, size, "moov")
	start, end = find(start, end, "mvhd")
	if end-start < 20 {
		return 0
	}
	var b [32]byte
	n, _ := f.ReadAt(b[:min(32, end-start)], start)
	scale, duration := uint64(binary.BigEndian.Uint32(b[12:])), uint64(binary.BigEndian.Uint32(b[16:]))
	if b[0] == 1 && n == 32 {
		scale, duration = uint64(binary.BigEndian.Uint32(b[20:])), binary.BigEndian.Uint64(b[24:])
	}
	if scale == 0 || duration > 1<<48 {
		return 0
	}
	return int64(duration * 1000 / scale)
}

// webmDuration looks for Info/Duration (ID 0x4489) and TimecodeScale (0x2AD7B1) near the beginning (RFC 9559, 5.1.2).
func webmDuration(f io.Reader) int64 {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	head = head[:n]
	scale := 1e6
	if i := bytes.Index(head, []byte{0x2A, 0xD7, 0xB1}); i >= 0 && i+4 < len(head) {
		size := int(head[i+3] & 0x7F)
		if size <= 8 && i+4+size <= len(head) {
			scale = 0
			for _, b := range head[i+4 : i+4+size] {
				scale = scale*256 + float64(b)
			}
		}
	}
	i := bytes.Index(head, []byte{0x44, 0x89})
	if i < 0 || i+11 > len(head) {
		return 0
	}
	var v float64
	switch head[i+2] {
	case 0x88:
		v = math.Float64frombits(binary.BigEndian.Uint64(head[i+3:]))
	case 0x84:
		v = float64(math.Float32frombits(binary.BigEndian.Uint32(head[i+3:])))
	}
	ms := v * scale / 1e6
	if !(ms > 0 && ms < 1e10) {
		return 0
	}
	return int64(ms)
}

// mp3Duration takes the bit rate of the first MPEG-1 layer III frame for the whole file, which is right for constant rates.
func mp3Duration(f io.Reader, size int64) int64 {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	start := 0
	if n > 10 && string(head[:3]) == "ID3" { // its length is four times seven bits
		start = 10 + int(head[6]&0x7F)<<21 + int(head[7]&0x7F)<<14 + int(head[8]&0x7F)<<7 + int(head[9]&0x7F)
	}
	rates := [...]int64{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}
	for i := start; i+4 < n; i++ {
		if head[i] == 0xFF && head[i+1]&0xFE == 0xFA {
			if kbps := rates[head[i+2]>>4]; kbps > 0 {
				return (size - int64(i)) * 8 / kbps
			}
		}
	}
	return 0
}
