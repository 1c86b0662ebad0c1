package browser_test

import (
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tallest bounds a picture: a whole story says no more than its first screens.
const tallest = 3000

// shot is a picture in the gallery.
type shot struct{ Look, File string }

// row is the pictures of a kind of page.
type row struct {
	Kind, Path string
	Shots      []shot
}

// TestGallery takes pictures of every kind of page into the folder that
// COLOPHON_PICTURES names; make gallery sets it.
func TestGallery(t *testing.T) {
	dir := os.Getenv("COLOPHON_PICTURES")
	if dir == "" {
		t.Skip("no pictures are wanted: make gallery takes them")
	}
	needBrowser(t)
	check(t, os.MkdirAll(dir, 0o755))
	seen := galleryLooks(t)
	kinds := lab.site.kinds()
	rows := make([]row, len(kinds))
	t.Run("pictures", func(t *testing.T) {
		for i, kind := range kinds {
			p := lab.site.sample(kind, 1)[0]
			rows[i] = row{kind, p.String(), make([]shot, len(seen))}
			t.Run(p.String(), func(t *testing.T) {
				t.Parallel()
				x := newTab(t)
				for j, l := range seen {
					name := fmt.Sprintf("%02d%s-%s.png", i, strings.Map(fileLetter, kind), strings.ReplaceAll(l.String(), "%", ""))
					rows[i].Shots[j] = shot{l.String(), name}
					picture(t, x.tabFor(t, l), p, l, filepath.Join(dir, name))
				}
			})
		}
	})
	out, err := os.Create(filepath.Join(dir, "index.html"))
	check(t, err)
	check(t, galleryPage.Execute(out, rows))
	check(t, out.Close())
}

// galleryLooks are the looks that pictures are taken in.
func galleryLooks(t *testing.T) []look {
	t.Helper()
	var out []look
	for _, width := range widths {
		for _, scheme := range schemes {
			out = append(out, look{width: width, scheme: scheme})
		}
	}
	out = append(out, look{width: 768, scheme: "light", forced: true}, look{width: 320, scheme: "light", large: true})
	for _, x := range slices.Concat(themesServed(t), languagesServed(t)) {
		x.width, x.scheme = 768, "light"
		out = append(out, x)
	}
	return out
}

// picture takes one picture.
func picture(t *testing.T, x *tab, p *page, l look, file string) {
	t.Helper()
	check(t, l.apply(x))
	x.open(t, lab.base, p.path)
	if l.large {
		eval[any](t, x, enlarged)
	}
	height := min(eval[int64](t, x, "document.documentElement.scrollHeight"), tallest)
	_, err := chromedp.Call(x.Context, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: height, DeviceScaleFactor: 1})
	check(t, err)
	shot, err := chromedp.Call(x.Context, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{Format: cdppage.CaptureScreenshotFormatPng})
	check(t, err)
	check(t, os.WriteFile(file, shot.Data, 0o644))
}

// fileLetter makes a route a name of a file.
func fileLetter(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r
	case strings.ContainsRune("{}()", r):
		return -1
	}
	return '-'
}

// galleryPage is the page to look through the pictures.
var galleryPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The reading room</title>
<style>
body { margin: 1rem; font: 1rem/1.4 sans-serif; background: #888; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
div { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto; }
figure { margin: 0; flex: none; }
img { display: block; max-height: 80vh; border: 1px solid #000; }
</style>
<h1>The reading room</h1>
<ul>{{range $i, $r := .}}<li><a href="#k{{$i}}">{{$r.Kind}}</a></li>{{end}}</ul>
{{range $i, $r := .}}<h2 id="k{{$i}}">{{$r.Kind}}: {{$r.Path}}</h2>
<div>{{range $r.Shots}}<figure><a href="{{.File}}"><img loading="lazy" src="{{.File}}" alt="{{$r.Kind}}, {{.Look}}"></a><figcaption>{{.Look}}</figcaption></figure>{{end}}</div>
{{end}}</html>
`))
