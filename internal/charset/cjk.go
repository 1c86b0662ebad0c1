package charset

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// commonTable lists, for the languages of East Asia, the signs that prose uses most.
//
//go:embed common.txt
var commonTable string

// wideCandidates are the double-byte encodings that Decode looks for unasked.
func wideCandidates() []candidate {
	return []candidate{
		{"shift_jis", 5, "ja"},
		{"euc-jp", 6, "ja"},
		{"gb18030", 4, "zh-hans"},
		{"big5", 5, "zh-hant"},
		{"euc-kr", 5, "ko"},
		{"johab", 14, "ko"},
		{"euc-tw", 20, "zh-hant"},
	}
}

func wideStates() []*state {
	common := commonSigns()
	var states []*state
	for _, c := range wideCandidates() {
		s := &signs{lang: c.langs, common: common[c.langs], encoding: c.encoding}
		s.table = sync.OnceValue(s.build)
		states = append(states, &state{encoding: c.encoding, prior: c.prior * bit, score: s.score, wide: true})
	}
	return states
}

// signs scores East Asian text by how usual its signs are.
type signs struct {
	encoding string
	lang     string
	common   map[rune]bool
	table    func() *signTable
}

// signTable is a double-byte table with the cost of each pair in bits.
type signTable struct {
	*wide
	cost []uint8
}

func (s *signs) build() *signTable {
	t := &signTable{wide: wideTable(s.encoding)}
	t.cost = make([]uint8, len(t.double))
	for i, r := range t.double {
		t.cost[i] = 40
		if r != 0 {
			t.cost[i] = uint8(s.costOf(r, byte(i>>8)|0x80, byte(i)))
		}
	}
	return t
}

// score is the cost of a stretch without spaces, in units of bit.
func (s *signs) score(unit []byte) int {
	const (
		repeated = 4  // bits: rules made of signs
		single   = -2 // what last holds after half-width katakana
		seam     = 8  // a sign right beside a small Latin letter: seldom in one word
	)
	t := s.table()
	total, last := 0, -1
	small, sign := false, false // what stood before: a small Latin letter, or a sign
	for i := 0; i < len(unit); {
		c := unit[i]
		if small && c >= 0x80 || sign && isSmall(c) {
			total += seam
		}
		small, sign = isSmall(c), c >= 0x80
		switch {
		case c < 0x80:
			total += costASCII(c)
			i++
			continue
		case t.single[c] != unreadable:
			total += choose(last == single, 8, s.costOf(t.single[c], c, c))
			last = single
			i++
			continue
		case i+1 < len(unit) && t.double[int(c-0x80)<<8|int(unit[i+1])] != 0:
			pair := int(c-0x80)<<8 | int(unit[i+1])
			total += choose(pair == last, repeated, int(t.cost[pair]))
			last = pair
			i += 2
			continue
		}
		r, n := t.next(unit[i:])
		total += choose(r == unreadable, 40, 22)
		i += n
	}
	return total * bit
}

func isSmall(c byte) bool { return 'a' <= c && c <= 'z' }

// costOf is the cost of one sign in bits; lead and trail are its bytes.
func (s *signs) costOf(r rune, lead, trail byte) int {
	switch {
	case s.common[r]:
		return 9
	case r >= 0x3000 && r < 0x3003, r >= 0x3008 && r < 0x3012, r == 0xFF0C, r == 0xFF01, r == 0xFF1F, r == '…', r == '“', r == '”':
		return 8
	case r >= 0x3041 && r < 0x3097:
		return choose(s.lang == "ja", 6, 13)
	case r >= 0x30A0 && r < 0x3100:
		return choose(s.lang == "ja", 8, 14)
	case r >= 0xFF61 && r < 0xFFA0:
		return 13
	case r >= 0x3131 && r < 0x3164:
		return choose(s.lang == "ko", 11, 17)
	case r >= 0xAC00 && r < 0xD7A4:
		return choose(s.encoding == "johab" || trail >= 0xA1 && lead >= 0xB0, 13, 19)
	case r >= 0x4E00 && r < 0xA000:
		return s.ideograph(lead)
	case r >= 0xE000 && r < 0xF900, r >= 0x10000:
		return 30
	case r >= 0xFF00 && r < 0xFFF0, r >= 0x3000 && r < 0x3041:
		return 12
	case r < 0xA0:
		return 25
	case unicode.IsLetter(r):
		return 17
	}
	return 15
}

// ideograph uses that the standards put the usual signs into a first level.
func (s *signs) ideograph(lead byte) int {
	first := false
	switch s.encoding {
	case "gb18030":
		first = lead >= 0xB0 && lead <= 0xD7
	case "big5":
		first = lead >= 0xA4 && lead <= 0xC6
	case "euc-jp":
		first = lead >= 0xB0 && lead <= 0xCF
	case "shift_jis":
		first = lead >= 0x88 && lead <= 0x97
	case "euc-tw":
		first = lead >= 0xC4 && lead <= 0xFD
	default:
		return 17
	}
	return choose(first, 13, 18)
}

func commonSigns() map[string]map[rune]bool {
	all := make(map[string]map[rune]bool)
	for _, section := range strings.Split(commonTable, "= ")[1:] {
		lang, list, _ := strings.Cut(section, "\n")
		set := make(map[rune]bool)
		for _, r := range list {
			set[r] = r != '\n'
		}
		all[lang] = set
	}
	return all
}
