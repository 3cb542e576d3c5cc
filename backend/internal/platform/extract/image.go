package extract

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif" // decoders register themselves
	"image/jpeg"
	"image/png"
	"os"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decoders register themselves
)

const (
	previewSize = 800  // pixels of the longer side, at most
	maxPixels   = 40e6 // that are decoded for a preview: 160 MB
)

// image makes a preview that shows the picture upright and carries nothing of its metadata (place, camera, name).
func (d details) image() {
	data, err := os.ReadFile(d.path)
	if err != nil || len(data) > 100<<20 {
		d.note("no_preview", "This picture is too large for a preview.")
		return
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		switch d.r.MediaType {
		case "image/png", "image/jpeg", "image/gif":
			d.fail("unreadable", "This picture could not be read; it may be damaged. It is kept as a download.")
		default:
			d.note("no_preview", "There is no preview of pictures of this kind ("+d.r.MediaType+").")
		}
		return
	}
	d.r.Width, d.r.Height = config.Width, config.Height
	if float64(config.Width)*float64(config.Height) > maxPixels {
		d.note("no_preview", "This picture has too many pixels for a preview.")
		d.r.Inline = false
		return
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		d.fail("unreadable", "This picture could not be read; it may be damaged. It is kept as a download.")
		return
	}
	orientation := 1
	if format == "jpeg" {
		orientation = jpegOrientation(data)
	}
	if orientation >= 5 {
		d.r.Width, d.r.Height = d.r.Height, d.r.Width
	}
	d.preview(upright(shrink(decoded), orientation))
}

func shrink(src image.Image) *image.NRGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	k := min(float64(previewSize)/float64(max(w, h, 1)), 1)
	small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(w)*k)), max(1, int(float64(h)*k))))
	var scaler draw.Interpolator = draw.CatmullRom
	if w*h > 8e6 { // its intermediate picture would be huge
		scaler = draw.ApproxBiLinear
	}
	scaler.Scale(small, small.Bounds(), src, src.Bounds(), draw.Src, nil)
	return small
}

// preview writes img as JPEG, or as PNG when it has transparent parts.
func (d details) preview(img image.Image) {
	opaque, ok := img.(interface{ Opaque() bool })
	f, err := os.OpenFile(d.previewPath, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		d.note("no_preview", "No preview could be written.")
		return
	}
	kind := "image/jpeg"
	if ok && !opaque.Opaque() {
		kind = "image/png"
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, img)
	} else {
		err = jpeg.Encode(f, img, &jpeg.Options{Quality: 84})
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		d.r.PreviewType = kind
	}
}

// upright turns a picture as its EXIF orientation says (values 1 to 8 of tag 0x0112).
func upright(s *image.NRGBA, orientation int) *image.NRGBA {
	if orientation <= 1 || orientation > 8 {
		return s
	}
	w, h := s.Rect.Dx(), s.Rect.Dy()
	dw, dh := w, h
	if orientation >= 5 {
		dw, dh = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, dw, dh))
	place := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return h - 1 - y, x },
		7: func(x, y int) (int, int) { return h - 1 - y, w - 1 - x },
		8: func(x, y int) (int, int) { return y, w - 1 - x },
	}[orientation]
	for y := range h {
		for x := range w {
			tx, ty := place(x, y)
			copy(out.Pix[out.PixOffset(tx, ty):][:4], s.Pix[s.PixOffset(x, y):][:4])
		}
	}
	return out
}

// jpegOrientation reads tag 0x0112 from the APP1 segment (Exif 2.3, section 4.6.4); 1 when there is none.
func jpegOrientation(b []byte) int {
	for i := 2; i+4 < len(b) && b[i] == 0xFF; {
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if b[i+1] == 0xDA || n < 2 || i+2+n > len(b) {
			break
		}
		if segment := b[i+4 : i+2+n]; b[i+1] == 0xE1 && len(segment) > 14 && string(segment[:6]) == "Exif\x00\x00" {
			return tiffOrientation(segment[6:])
		}
		i += 2 + n
	}
	return 1
}

func tiffOrientation(t []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if string(t[:2]) == "II" {
		order = binary.LittleEndian
	}
	offset := int(order.Uint32(t[4:]))
	if offset < 0 || offset+2 > len(t) {
		return 1
	}
	for k := range int(order.Uint16(t[offset:])) {
		p := offset + 2 + k*12
		if p+12 > len(t) {
			return 1
		}
		if order.Uint16(t[p:]) == 0x0112 {
			return int(order.Uint16(t[p+8:]))
		}
	}
	return 1
}
