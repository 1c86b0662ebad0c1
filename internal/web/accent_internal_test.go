package web

import (
	"strings"
	"testing"

	"colophon/internal/look"
)

// The papers that an accent is held against are those of the style sheet.
func TestPapersAreThoseOfTheStyleSheet(t *testing.T) {
	for _, want := range []string{"--paper: " + lightPaper, "--sheet: " + sepiaSheet, "--sheet: " + darkSheet} {
		if !strings.Contains(look.Base, want) {
			t.Errorf("the style sheet has no %s", want)
		}
	}
}
