package web

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"colophon/internal/archive"
)

// The papers that text in the accent colour stands on, and the least contrast
// it must have on them (WCAG 2.2, criterion 1.4.3). They are those of the style
// sheet; a test holds them together.
const (
	lightPaper  = "#fcfbf8"
	sepiaSheet  = "#ece0c8"
	darkSheet   = "#221f1b"
	readable    = 4.5
	lightenStep = 0.04
)

// accentRules are the style rules for an archive's own accent colour: as given
// where it can be read on light paper, and as much lighter as dark paper needs.
// An error of kind Invalid says why a colour cannot be used.
func accentRules(accent string) (string, error) {
	if accent == "" {
		return "", nil
	}
	c, ok := parseColour(accent)
	if !ok {
		return "", archive.Errorf(archive.Invalid, "The accent %q is no colour: write it as # and six hexadecimal digits, such as #8f2d1e.", accent)
	}
	for _, paper := range []string{lightPaper, sepiaSheet} {
		p, _ := parseColour(paper)
		if got := contrast(c, p); got < readable {
			return "", archive.Errorf(archive.Invalid, "The accent %s cannot be read on light paper: its contrast is %.1f to 1, and links need %.1f. Choose a darker one.", accent, got, readable)
		}
	}
	dark, _ := parseColour(darkSheet)
	light := c
	for contrast(light, dark) < readable {
		light = light.lighter(lightenStep)
	}
	return fmt.Sprintf(":root{--accent:%s;--accent-dark:%s}\n", c, light), nil
}

// colour is red, green and blue from 0 to 1 (sRGB).
type colour [3]float64

func parseColour(s string) (colour, bool) {
	digits, found := strings.CutPrefix(s, "#")
	b, err := hex.DecodeString(digits)
	if !found || err != nil || len(b) != 3 {
		return colour{}, false
	}
	return colour{float64(b[0]) / 255, float64(b[1]) / 255, float64(b[2]) / 255}, true
}

func (c colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", byte(c[0]*255+0.5), byte(c[1]*255+0.5), byte(c[2]*255+0.5))
}

// lighter goes some way towards white.
func (c colour) lighter(part float64) colour {
	for i := range c {
		c[i] += (1 - c[i]) * part
	}
	return c
}

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	lin := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c[0]) + 0.7152*lin(c[1]) + 0.0722*lin(c[2])
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
