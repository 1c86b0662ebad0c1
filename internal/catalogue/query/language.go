package query

import "strings"

// languageCode is a BCP 47 code in its usual case: pt-BR, zh-Hant. Other text
// comes back as it is, on one line.
func languageCode(s string) string {
	parts := strings.FieldsFunc(tidy(s), func(r rune) bool { return r == '-' || r == '_' })
	for i, p := range parts {
		switch {
		case i > 0 && len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case i > 0 && len(p) == 4 && isLetters(p):
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	return strings.Join(parts, "-")
}

// isLanguageCode reports whether a text has the form of a code: a language of
// two or three letters, then parts of at most eight letters and digits.
func isLanguageCode(s string) bool {
	if len(s) > 35 {
		return false
	}
	for i, p := range strings.Split(s, "-") {
		if i == 0 && (len(p) < 2 || len(p) > 3 || !isLetters(p)) || len(p) < 1 || len(p) > 8 {
			return false
		}
		for _, r := range p {
			if !('0' <= r && r <= '9' || isLetters(string(r))) {
				return false
			}
		}
	}
	return true
}

func isLetters(s string) bool {
	for _, r := range s {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return false
		}
	}
	return true
}

// languageNamed returns the code of a language by its English name or its own, ""
// for one that is not in the table.
func languageNamed(name string) string {
	name = strings.ToLower(name)
	for entry := range strings.FieldsSeq(languageNames) {
		if code, n, _ := strings.Cut(entry, "="); strings.ReplaceAll(n, "_", " ") == name {
			return code
		}
	}
	return ""
}

func nearLanguage(name string) string {
	var names []string
	for entry := range strings.FieldsSeq(languageNames) {
		_, n, _ := strings.Cut(entry, "=")
		names = append(names, strings.ReplaceAll(n, "_", " "))
	}
	return near(name, names)
}

// languageNames are the languages that archives name most, as code=name with _
// for a space, and what the commonest call themselves.
const languageNames = `
af=afrikaans ar=arabic be=belarusian bg=bulgarian bn=bengali ca=catalan cs=czech cy=welsh da=danish de=german
el=greek en=english eo=esperanto es=spanish et=estonian eu=basque fa=persian fi=finnish fil=filipino fr=french
ga=irish gd=scottish_gaelic gl=galician grc=ancient_greek he=hebrew hi=hindi hr=croatian hu=hungarian hy=armenian
id=indonesian is=icelandic it=italian ja=japanese ka=georgian ko=korean la=latin lt=lithuanian lv=latvian
mk=macedonian ms=malay nl=dutch nn=nynorsk no=norwegian nb=bokmål pl=polish pt=portuguese
pt-BR=brazilian_portuguese ro=romanian ru=russian sk=slovak sl=slovenian sq=albanian sr=serbian sv=swedish
sw=swahili ta=tamil th=thai tl=tagalog tlh=klingon tr=turkish uk=ukrainian ur=urdu vi=vietnamese yi=yiddish
zh=chinese
de=deutsch fr=français es=español pt=português it=italiano nl=nederlands sv=svenska da=dansk no=norsk fi=suomi pl=polski
cs=čeština hu=magyar tr=türkçe ru=русский uk=українська el=ελληνικά he=עברית ar=العربية zh=中文 ja=日本語 ko=한국어`
