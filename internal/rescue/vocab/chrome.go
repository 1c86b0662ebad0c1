package vocab

import (
	"regexp"
	"strings"
)

// chromeLine matches whole lines that archives and free hosts put on their
// pages.
//
//nolint:gochecknoglobals // a compiled expression
var chromeLine = line(`(?i)^[\s\[(<*|«»~→←❯>-]*(?:` + strings.Join([]string{
	`(?:back|return|go back|zurück|retour|volver|torna|indietro)\b.{0,50}`,
	`назад(?:[^\pL].{0,50})?`,
	`(?:home|main|up|index|next|prev(?:ious)?|top|menu|search|login|log ?in|log ?out|register|links?|contact(?: us)?|about(?: us)?|faq|help|news|updates?|site ?map|gallery|fiction|fan ?fiction|stories|authors|archive|guest ?book|web ?rings?|message board|forum|chat|bookmarks?|skip to .{0,30}|actions|navigation)`,
	`(?:next|previous|first|last)(?: (?:chapter|part|story|page|entry))?`,
	`print(?:er)?(?:[- ]?friendly)?(?: (?:this|version|page|story|chapter|view).{0,30})?`,
	`(?:sign|view|read|read my|sign my|view my)(?: (?:the|my|our))? guest ?book!?s?.{0,30}`,
	`(?:send|leave|post|write|submit)(?: \S+){0,3} (?:feedback|comments?|reviews?)(?: (?:to|for) .{0,40})?[.!]?`,
	`(?:did you )?(?:(?:like|enjoy(?:ed)?) (?:it|this)\?.{0,60})`,
	`(?:you are|you're) (?:visitor|number|the|reader)\b.{0,40}`,
	`(?:visitors?|hits?|counter|page views?)\b[^.]{0,30}\d{2,}[^.]{0,20}`,
	`(?:this )?(?:site|page|space|website|board|archive)(?: is| was)? (?:hosted|sponsored|maintained|powered|designed|created|copyright)\b.{0,80}`,
	`(?:background|graphics?|layout|design|banner|images?)(?: set)? (?:courtesy|by|from|provided)\b.{0,60}`,
	`(?:powered|hosted) by\b.{0,60}`,
	`script for this archive.{0,60}`,
	`(?:get|build|create) your (?:own )?free.{0,50}`,
	`site hosted by .{0,60}`,
	`(?:large print|handheld|audio|rating|reviews?|statistics|related stories|tracking|story|story ?reviews?.{0,40})(?:large print|handheld|audio|rating|reviews|statistics|related stories|tracking)+`,
	`rules for challenges`,
	`editor'?s'? choice award`,
	`(?:share|tweet|like this|follow|subscribe|report abuse|report this|download|save as|e-?mail this|add to .{0,20}|track .{0,20})\b.{0,40}`,
	`(?:work header|work text:?|chapter text|entire work.{0,20}|chapter by chapter.{0,40}|\(see the end of the (?:work|chapter) for .{0,40}\)|hide creator'?s? style|chapter index|choose chapter.{0,20}|full-page index|jump to .{0,20})`,
	`(?:log in|sign up|create an account|you must (?:log|sign|be) .{0,60})`,
	`(?:приятного чтения|скачать.{0,40}|читать(?: онлайн| дальше)?|комментировать.{0,30}|на главную|вверх|главная|поиск|форум)[!.]?`,
	`(?:читать|скачать)[. |].{0,120}`,
	`(?:startseite|impressum|gästebuch|forum|kapitelübersicht|drucken|druckversion|nach oben|inhaltsverzeichnis|accueil|livre d'or|imprimer|haut de (?:la )?page|sommaire)`,
	`(?:leave|post) a (?:comment|review|reply).{0,40}`,
	`\d+ (?:comments?|reviews?|replies|kudos|views|hits)(?: \|.{0,40})?`,
	`(?:comments?|reviews?|kudos|hits|recs?|replies)[ :(-]+\d+\)?.{0,40}`,
	`(?:playlist navigation bar|middle row links .{0,120}|start of story|my favou?rite .{0,40} stories|hasa playlists)`,
	`convert this page .{0,120}`,
	`current (?:mood|music|location)\b.{0,80}`,
	`\(?\d* ?comments?\)?(?: ?[|(-] ?leave a comment\)?)?`,
	`\(\d+ comments?\).{0,40}`,
	`page \d+ of \d+`,
	`(?:добавил|просмотров|всего комментариев)\b?.{0,120}`,
	`(?:author|auteur|autor)\s+(?:message|nachricht)`,
	`(?:next chapter|last chapter|previous chapter|return to overview|story navigation|story information)(?:\s+(?:next chapter|last chapter|previous chapter|return to overview))*`,
	`(?:display posts|powered by|last edited|joined|location|posts|beiträge)\b.{0,80}`,
	`\d+ reviews?|dieses kapitel.{0,20}`,
	`imported from (?:the )?.{0,60}`,
	`(?:©|copyright|\(c\)) ?(?:\d{4}).{0,80}`,
	`last (?:updated|modified).{0,40}`,
	`this (?:story|page|fic) (?:has been|was) (?:read|viewed|visited).{0,40}`,
	`discussion in '.{0,60}`,
	`file archived on \d.{0,150}`,
	`(?:begin|end) wayback toolbar insert`,
	`(?:javascript appended by wayback machine|all other content may also be protected by copyright).{0,120}`,
	`(?:geocities|angelfire|tripod|fortunecity|xoom|homestead|freewebs)\b.{0,60}`,
}, "|") + `)[\s\])>*|«»~→←.-]*$`)

// section matches the name of a section that archives and boards divide their
// stories into.
//
//nolint:gochecknoglobals // a compiled expression
var section = line(`(?i)^\W*(?:(?:board )?index|fan ?fics?|fan ?fiction(?: archive)?|stories|story|fiction|books|tv(?:[- ]shows| series)?|television|movies|films|anime(?:/manga)?|cartoons|comics|games|misc(?:ellaneous)?|archive|browse|works in progress|completed? (?:stories|fics)|crossovers?|фанфики|фанфикшн|каталог|архив|geschichten|bücher|serien|filme|séries|livres|histoires|libri|storie)\W*$`)

// Section reports whether s names a section of an archive or board.
func Section(s string) bool { return section.MatchString(s) }

// chromeInside matches the same where the telling words stand further inside.
var chromeInside = regexp.MustCompile(`(?i)^[\s\[(<*|«»~→←❯>-]*(?:.{0,30}\bguestbook!?|.{0,60}\bawards?\b.{0,20}\bresults|.{0,40}::\s*view topic.{0,80})[\s\])>*|«»~→←.-]*$`)

// ChromeLine reports whether a line is one that archives put on their pages:
// navigation, counters, hosting notices, invitations to print or to write.
func ChromeLine(s string) bool {
	return len(s) <= 200 && (chromeLine.MatchString(s) || containsAnyFold(s, "guestbook", "award", "view topic") && chromeInside.MatchString(s))
}

var invitation = regexp.MustCompile(`(?i)(?:please (?:send|leave|review|email|e-mail|write)|send (?:me |all |any )?(?:feedback|comments)|if you enjoyed (?:this|it)|(?:tell|let) (?:the author|me) (?:know )?what you think|feedback (?:is|welcome|would|to|always|please|makes|keeps)|comments (?:are|is|welcome|to|appreciated|and questions)|reviews? (?:are|is|please|welcome|keep|appreciated)|leave (?:a |me a )?(?:review|comment|one|feedback)|r ?& ?r\b|read and review|pleas(?:e)? (?:leave )?(?:a )?review|would love (?:to hear|feedback|reviews)|kommentare (?:sind|erwünscht)|rückmeldung|laissez (?:moi )?(?:un|des|vos) (?:commentaire|review|avis)|отзыв)`)

// Invites reports whether a text asks for feedback.
func Invites(s string) bool {
	return containsAnyFold(s, "feedback", "review", "comment", "think", "enjoy", "r&r", "r & r", "mail", "write", "hear", "kommentar", "meldung", "laissez", "отзыв") && invitation.MatchString(s)
}

// containsAnyFold reports whether s contains one of the words, which are lower
// case, in any case of ASCII letters: a quick look before a slow one.
func containsAnyFold(s string, words ...string) bool {
	for _, w := range words {
		if indexFold(s, w) >= 0 {
			return true
		}
	}
	return false
}

// indexFold is strings.Index without regard to the case of ASCII letters; w is
// lower case.
func indexFold(s, w string) int {
	first, upper := w[0], w[0]
	if first >= 'a' && first <= 'z' {
		upper -= 'a' - 'A'
	}
	// The next place of either case is searched once, not at every step.
	low, high := nextByte(s, 0, first), nextByte(s, 0, upper)
	for {
		i := min(low, high)
		if i+len(w) > len(s) {
			return -1
		}
		if strings.EqualFold(s[i:i+len(w)], w) {
			return i
		}
		if low == i {
			low = nextByte(s, i+1, first)
		}
		if high == i {
			high = nextByte(s, i+1, upper)
		}
	}
}

// nextByte is the offset of the first c at or after i, len(s) where there is none.
func nextByte(s string, i int, c byte) int {
	if k := strings.IndexByte(s[i:], c); k >= 0 {
		return i + k
	}
	return len(s)
}

//nolint:gochecknoglobals // a compiled expression
var divider = line(`^(?:[\s*~=_#\-+.•·o0xX<>^|:§°†♥☆★◇◆●○■□–—8/\\"'()\[\]&%$@!?,;oO]|-x-|oOo|xXx|TBC)+$`)

// Divider reports whether a line is nothing but a row of signs.
func Divider(s string) bool {
	if len(s) == 0 || len(s) > 120 || !divider.MatchString(s) {
		return false
	}
	letters, signs := 0, 0
	for _, r := range s {
		if r == ' ' {
			continue
		}
		if strings.ContainsRune("oO0xX8", r) {
			letters++
		} else {
			signs++
		}
	}
	if strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "'") {
		return false
	}
	return signs > 0 && !strings.ContainsAny(s, "?!") || letters >= 3
}

var disclaims = regexp.MustCompile(`(?i)(?:\bnot mine\b|\b(?:no one|nobody|nothing|no-one)\b.{0,40}\bmine\b|\bneither .{2,60}(?:is|are) mine\b|\bnone of (?:this|it|them|these|the)\b.{0,40}\bmine\b|n['’]t mine\b|\bnot my (?:work|own|characters)|n['’]t my work|\b(?:do|does|did)(?:n['’]t| not) own\b|\bi own (?:nobody|nothing|no)|\bbelongs? to\b|\bproperty of\b|\bown(?:s|ed) by\b|\bcopyright|\binfringe|\bno (?:money|profit)|\bnot for profit|\bfor profit|\bno claim\b|\bborrow(?:ed|ing)\b.{0,60}\bthem\b|\bdisclaim|\bno rights\b|\ball rights\b|\bif i owned\b|n['’]t sue\b|mir gehör(?:t|en) (?:nichts|nur|leider|kein)|gehör(?:t|en) nicht mir|rien (?:ne )?m['’]appartient|ne m['’]appartien|не мои(?:$|[^\pL])|ничего не принадлежит|\bnot own\b|\bhold(?:s)? the rights|gehör(?:t|en) (?:nicht |alle )?(?:mir|den|dem|der|sich)|gehör(?:t|en) .{0,60}\b(?:gmbh|tv|film|sender|produ)|verdiene? .{0,20}(?:kein|nichts)|appartien(?:t|nent)|propriét(?:é|aires?) (?:de|du|des|et)|propriétaires|принадлеж|не претенду|все права|pertenecen? a|no me pertenece|appartengono|non mi appartengo)`)

// Disclaims reports whether a text says whom characters and worlds belong to.
func Disclaims(s string) bool {
	return containsAnyFold(s, "mine", "my ", "own", "belong", "propert", "copyright", "infring", "profit", "money", "claim", "borrow", "rights", "sue", "gehör", "verdien", "apparten", "appartien", "propri", "принадлеж", "не мои", "не претенду", "права", "pertenec", "appart") && disclaims.MatchString(s)
}

// placeholder is what stands on a page whose story is not there.
var placeholder = regexp.MustCompile(`(?i)^\W*(?:(?:more )?(?:coming|available|posted) soon|(?:still )?under construction|to be (?:added|posted|written)|forthcoming|work in progress|(?:error )?404\b.{0,60}|(?:the |this )?(?:page|file|story|document) (?:you .{1,40} )?(?:was |is |has been |could )?(?:not (?:be )?found|removed|deleted|moved|missing|no longer .{1,40})|(?:page )?en construction|à venir|bientôt|im aufbau|demnächst|folgt (?:bald|noch)|en construcción|próximamente|prossimamente|in costruzione|скоро(?: будет)?|в разработке|工事中|準備中)\W*$`)

// Placeholder reports whether a line says that a story is not there, or not yet.
func Placeholder(s string) bool { return placeholder.MatchString(s) }
