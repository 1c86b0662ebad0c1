package store_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"colophon/internal/store"
)

// A key is its own key, and neither case, spacing nor decoration changes it.
func FuzzNameKey(f *testing.F) {
	for _, s := range []string{"~*Mina-chan*~", "Éowyn", "***", " a ", "Straße", "ｍｉｎａ", "e~\u0301", "Ανδρέας", "美奈"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) {
			t.Skip("names are UTF-8")
		}
		key := store.NameKey(name)
		if again := store.NameKey(key); again != key {
			t.Errorf("the key of %q is %q, whose key is %q", name, key, again)
		}
		if key == "" && strings.TrimSpace(name) != "" {
			t.Errorf("%q has no key", name)
		}
		if decorated := store.NameKey("  *~ " + name + " ~* "); isPlain(name) && decorated != key {
			t.Errorf("%q has the key %q, decorated %q", name, key, decorated)
		}
	})
}

// isPlain leaves out names of signs alone, which keep their signs.
func isPlain(name string) bool { return strings.IndexFunc(name, isASCIILetter) >= 0 }

func isASCIILetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// Masking keeps all else, and leaves nothing of the address.
func FuzzMask(f *testing.F) {
	f.Add("Write to Mina@Lamp.example, or mina@lamp.example.", "mina@lamp.example")
	f.Add("mina@lamp.exampleMINA@lamp.example", "mina@lamp.example")
	f.Add("İ mina@lamp.example", "MINA@LAMP.EXAMPLE")
	f.Fuzz(func(t *testing.T, text, address string) {
		masked := store.MaskText(text, address)
		kept := strings.ReplaceAll(masked, "[address sealed]", "")
		if strings.Contains(text, "[") || len(kept) > len(text) {
			t.Skip("cannot tell the mark from the text")
		}
		if cut := len(text) - len(kept); cut%max(len(strings.ToLower(strings.TrimSpace(address))), 1) != 0 {
			t.Errorf("%d bytes of %q are gone, the address %q has %d", cut, text, address, len(address))
		}
		if store.MaskText(masked, address) != masked {
			t.Errorf("%q still holds %q", masked, address)
		}
	})
}
