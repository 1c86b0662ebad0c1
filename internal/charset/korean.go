package charset

// fillJohab builds the table of Johab (KS X 1001 annex 3): a syllable is put
// together from three five-bit indices, all else is KS X 1001 by arithmetic.
func (w *wide) fillJohab() {
	for code := 0x8841; code <= 0xD3FE; code++ {
		if r := johabSyllable(code); r != 0 {
			w.double[code-0x8000] = r
		}
	}
	ks := wideTable("euc-kr")
	for lead := 0xD9; lead <= 0xF9; lead++ {
		for trail := 0x31; trail <= 0xFE; trail++ {
			if lead == 0xDF || trail == 0x7F || trail > 0x7E && trail < 0x91 {
				continue
			}
			row, cell := ksPosition(lead, trail)
			w.double[(lead-0x80)<<8|trail] = ks.double[(row-0x80)<<8|cell]
		}
	}
}

// ksPosition turns a Johab code of a sign or hanja into the EUC-KR bytes.
func ksPosition(lead, trail int) (row, cell int) {
	row = 2 * (lead - 0xD9)
	if lead >= 0xE0 {
		row = 2*lead - 0x197
	}
	cell = trail - 0x31
	if trail >= 0x91 {
		cell = trail - 0x43
	}
	if cell >= 94 {
		row, cell = row+1, cell-94
	}
	return row + 0xA1, cell + 0xA1
}

// johabSyllable returns the syllable or single letter of a Johab code, 0 for none.
func johabSyllable(code int) rune {
	const (
		initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
		finals   = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
	)
	initial, hasInitial := (code>>10&31)-2, code>>10&31 != 1
	medial, hasMedial := johabMedial(code >> 5 & 31)
	final, hasFinal := johabFinal(code & 31)
	switch {
	case hasInitial && (initial < 0 || initial > 18), medial < 0, final < 0:
		return 0
	case hasInitial && hasMedial:
		if !hasFinal {
			final = 0
		}
		return 0xAC00 + rune((initial*21+medial)*28+final)
	case hasInitial && !hasFinal:
		return []rune(initials)[initial]
	case hasMedial && !hasFinal && !hasInitial:
		return 0x314F + rune(medial)
	case hasFinal && !hasInitial && !hasMedial:
		return []rune(finals)[final-1]
	}
	return 0
}

// johabMedial returns the index of a vowel and whether there is one; -1 for an unused code.
func johabMedial(code int) (index int, present bool) {
	switch {
	case code == 2:
		return 0, false
	case code >= 3 && code <= 7:
		return code - 3, true
	case code >= 10 && code <= 15:
		return code - 5, true
	case code >= 18 && code <= 23:
		return code - 7, true
	case code >= 26 && code <= 29:
		return code - 9, true
	}
	return -1, false
}

// johabFinal returns the index of a final consonant and whether there is one; -1 for an unused code.
func johabFinal(code int) (index int, present bool) {
	switch {
	case code == 1:
		return 0, false
	case code >= 2 && code <= 17:
		return code - 1, true
	case code >= 19 && code <= 29:
		return code - 2, true
	}
	return -1, false
}
