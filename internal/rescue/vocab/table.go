package vocab

// table lists the labels of story headers: field, language, then the labels
// divided by "|". A label with a leading "~" is weak: an ordinary word that
// counts as a label only where other labels stand beside it. Labels are in the
// form that key gives them: lower case, no brackets, no apostrophes.
const table = `
title	en	title|titles|story title|fic title|story name|title of story|title & part number|title and part number|~story|~name|~fic
author	en	author|authors|authors|written by|author name|authors name|penname|pen name|story by|fic by|~writer|~writers|~by|~posted by|~submitted by
coauthor	en	co-author|co-authors|coauthor|coauthors|co-written with|cowritten with
also	en	aka|a k a|also known as|real name|other names
email	en	e-mail|email|e-mail address|email address|emailauthor|authors email|authors e-mail|author e-mail|author email|contact|addy|e mail|authors email address|~mail|~feedback to|~comments to|~contact me
homepage	en	homepage|home page|website|web site|web page|webpage|url|authors website|authors url|livejournal|www|ftp|~site|~lj|~muds|~web|~blog|~journal
fandom	en	fandom|fandoms|crossover|crossover with|x-over|xover|~universe|~show|~canon|~based on|~verse|~shows|~series/fandom
rating	en	rating|ratings|rated|content/rating|rating/warnings|rating and warnings|overall rating|age rating|story rating|rating & warnings|rating/warning|rating of story|~rate|~maturity
warnings	en	warning|warnings|fic warning|content warning|content warnings|archive warning|archive warnings|optionalwarnings|optional warnings|trigger warnings|trigger warning|story warnings|warnings/notes|warnings/squicks|squicks|squick alert|content advisory|content notes|fair warning|warnings for this chapter|~triggers|~tw|~cw|~caution|~kinks|~contains|~advisory
content	en	violence|subtext|violence disclaimer|love disclaimer|sex disclaimer|subtext disclaimer|sex|love/sex|violence/subtext|sex/violence|maintext|~love|~hurt/comfort|~adult content|~alternative
relationships	en	pairing|pairings|pairing/s|relationship|relationships|characters/pairings|character/pairing|pairings/characters|pairing/characters|pairing/character|main pairing|main pairings|side pairings|implied pairings|other pairings|pairings or characters|couple|couples|~coupling|~ship|~ships|~pair|~otp|~parings|~paring
characters	en	character|characters|main characters|main character|characters included|featured characters|~cast|~featuring|~starring|~focus|~pov|~people|~who
spoilers	en	spoiler|spoilers|spoiler warning|spoiler warnings|spoilers/timeline|spoilers/setting|timeline/spoilers|timeline & spoilers|spoilers for|spoiler alert|timeline|time line|time-line|time-frame|timespan|time span|episode tag|timeframe|time frame|~season|~set|~set in|~time|~set during|~continuity|~takes place|~episode spoilers|~placement
setting	en	~setting|~era
episode	en	~episode|~episodes|~missing scene
genres	en	genre|genres|classification|story type|sub-genre|subgenre|genre/s|~type|~class|~story codes|~codes|~code|~orientation|~style|~format|~status/type
categories	en	category|categories|~section|~content
keywords	en	keywords|keyword|additional tags|freeforms|~tags|~tag
summary	en	summary|summaries|synopsis|story summary|summery|summary/teaser|short summary|brief summary|summary of story|episode summary|title summary|description|~blurb|~teaser|~plot|~in short|~abstract|~premise|~quick summary
disclaimer	en	disclaimer|disclaimers|disclamer|disclaimer/s|legal disclaimer|standard disclaimer|standard disclaimers|the usual disclaimer|usual disclaimer|usual disclaimers|disclaimer and notes|copyright disclaimer|legal stuff|legalese|legalities|dislaimer|discliamer|~legal|~copyright|~ownership|~obligatory disclaimer
notes	en	authors note|authors notes|author note|author notes|notes|note|a/n|an|a/ns|ans|story notes|story note|end notes|end note|chapter notes|chapter note|authors chapter notes|chapter end notes|beginning notes|note from the author|notes from the author|notes/warnings|note to readers|authors comments|author comments|notes and disclaimers|general notes|n b|series notes|~comments|~comment|~explanation|~background|~nb|~foreword|~preface|~p s|~ps|~inspiration|~acknowledgements and notes|~words from the author
feedback	en	feedback|feed back|fb|please send feedback|constructive criticism|comments/feedback|feedback/comments|~flames|~loc|~locs|~review|~reviews please
permission	en	archive|archiving|archived|archive/distribution|distribution|distribute|distribution/archive|archive permission|archive permissions|permission to archive|permissions|permission|circuit archive|reposting|do not archive|dist|archive rights|~posting|~pros-lib|~disribution
betas	en	beta|betas|beta reader|beta readers|beta-reader|beta-readers|betareader|beta by|betaed by|beta-ed by|betaed|beta read by|betas|beta thanks|thanks to betas|~editor|~edited by
thanks	en	reviewer thanks|review responses|reviewer responses|replies to reviewers|shout outs|acknowledgments|acknowledgements|acknowledgement|acknowledgment|special thanks|special thanks to|thanks to|many thanks to|thanks|~thank you|~thanx|~credits|~credit|~kudos to
dedication	en	dedication|dedicated to|dedications|gift for|~for
recipient	en	recipient|written for|writtenfor|requested by|gift to|~request|~santa
prompt	en	prompt|challenge|challenges|in response to|response to|~exchange
series	en	series|series name|series title|part of|part of series|series/sequel|sequel/series|sequelname|~cycle|~saga|~arc|~story arc
sequelto	en	sequel to|this story is a sequel to|this is a sequel to|follows|follow-up to|followup to|sequel of|companion to|prequel|~sequel/prequel
prequelto	en	prequel to|sequel|sequels
part	en	part|parts|chapter number|~chapter|~chapters|~installment|~no
date	en	original post|date|date written|written|date posted|posted|posted on|posted at|published|first posted|originally posted|first published|publication date|date of publication|story date|completed on|date completed|date finished|finished on|submitted|date submitted|originally written|published on|~started|~finished|~posted to|~date sent to|~created|~dated|~release date|~added
updated	en	updated|last update|last updated|date updated|revised|last modified|last revised|revision date|~modified
status	en	status|complete|complete?|completed?|story status|work status|finished?|~wip|~in progress|~finished
completed	en	completed
words	en	word count|words|wordcount|word-count|total words|~size|~length|~file size|~story length
language	en	language|languages
translator	en	translator|translated by|translation by|translation|~translators
artist	en	artist|art by|illustrated by|illustrator|cover art|~artwork
archivename	en	archive name|~archived at|~archived on|~home archive
listname	en	mailing list|posted to list|list|lists|~submitted through
prerequisites	en	prerequisites|prerequisite|read first|reading order|~prior reading
ignored	en	webmasters note|archivists note|editors note|mod note|mods note|~posts|~joined|~location|~gender|~lu|~vu|vues|просмотров|post subject|followers|follows|reviews|hits|kudos|bookmarks|favs|favorites|favourites|read|read count|comments count|stats|views|reads|recs|id|story id|count|storyid|chapter list|collections|index|downloads|printer|print|counter|last edited|visitors
mailsubject	en	~subject
mailfrom	en	~from|~to|~cc|~reply-to|~message-id
source	en	~source
title	de	titel|name der geschichte|titel der geschichte|storytitel|~geschichte
author	de	autor|autorin|autor in|autoren|geschrieben von|verfasser|verfasserin|~von
coauthor	de	co-autor|co-autorin|mitautor
fandom	de	fandom|~serie/film|~fernsehserie|~buch
rating	de	altersfreigabe|altersbeschränkung|altersempfehlung|freigabe|fsk|einstufung|~ab
warnings	de	warnung|warnungen|inhaltswarnung|~achtung|~hinweis
relationships	de	paar|paare|paarung|pairing|pairings|paarungen
characters	de	charaktere|hauptpersonen|personen|hauptcharaktere|figuren|~charakter
summary	de	inhalt|zusammenfassung|kurzbeschreibung|inhaltsangabe|kurzinhalt|beschreibung|kurzfassung
notes	de	anmerkung|anmerkungen|anm d a|anmerkung der autorin|anmerkung des autors|anmerkungen der autorin|anmerkungen des autors|autorennotiz|kommentar der autorin|vorbemerkung|vorwort|~nachwort|~notiz|~anmerkung des verfassers
disclaimer	de	disclaimer|rechtliches|haftungsausschluss|rechtlicher hinweis
feedback	de	feedback an|~kommentar|~kommentare|~kritik|~rückmeldung
permission	de	archivierung|~archiv
betas	de	betaleser|betaleserin|beta-leser|beta-leserin|betaleserinnen|~gebetat von
thanks	de	danksagung|danksagungen|~dank an|~dank
dedication	de	widmung|gewidmet
series	de	reihe|~serie
sequelto	de	fortsetzung von|fortsetzung zu
part	de	teil|~kapitel
date	de	eingestellt am|datum|erstellt|veröffentlicht|geschrieben|geschrieben am|veröffentlicht am|erstellt am|erstveröffentlichung|fertiggestellt am
updated	de	aktualisiert|letzte aktualisierung|zuletzt aktualisiert|geändert
words	de	wörter|wortzahl|wortanzahl|anzahl wörter|~länge
language	de	sprache
genres	de	genre|genres|~art
categories	de	kategorie|kategorien
spoilers	de	spoiler|spoilerwarnung|zeitlinie|zeitrahmen|~staffel|~zeit
status	de	stand|~fertig
translator	de	übersetzer|übersetzerin|übersetzt von|übersetzung
homepage	de	webseite|internetseite
email	de	e-mail-adresse|emailadresse|~kontakt
prerequisites	de	vorher lesen|~voraussetzung
title	fr	titre|titre de la fic|titre de lhistoire
author	fr	pseudo|~nom|auteur|auteure|auteurs|auteur e|écrit par|autrice|~de|~par
fandom	fr	classé|classée|classé dans|fandom|~série|~base|~série télé|~univers|~dapres
rating	fr	estimations|classement|évaluation|classification|public|~avertissement public
warnings	fr	mise en garde|mises en garde|avertissements|~attention
relationships	fr	couple|couples|pairing|pairings|couple principal|~paire
characters	fr	personnages|personnages principaux|personnage|~perso|~persos
summary	fr	résumé|resume|résumés|~histoire|~synopsis|~en bref
notes	fr	note de lauteur|notes de lauteur|note de lauteure|notes de lauteure|nda|n d a|notes|note|mot de lauteur|remarque|remarques|note dauteur|notes dauteur
disclaimer	fr	disclaimer|disclaimers|avertissement légal|avertissement|droits|~déclaration|~décharge
genres	fr	genre|genres|~type
categories	fr	catégorie|catégories|categorie
spoilers	fr	spoiler|spoilers|saison|~chronologie|~époque|~situation
part	fr	partie|~chapitre
betas	fr	bêta|bêta-lectrice|bêta-lecteur|beta-lectrice|beta-lecteur|correctrice|correcteur|bêta lectrice|bêta lecteur|relecture
thanks	fr	remerciements|remerciement|~merci à
dedication	fr	dédicace|~dédié à
feedback	fr	commentaires|~feedback|~reviews
status	fr	terminé|terminée|statut|~état
translator	fr	traductrice|traducteur|traduction|traduit par
permission	fr	archivage|~archives
series	fr	cycle|~saga
sequelto	fr	suite de
date	fr	publié|publiée|publication|posté le|postée le|date|date de publication|publié le|date décriture|écrit le|publiée le
updated	fr	mis à jour|mise à jour|mis à jour le|dernière mise à jour
language	fr	langue
words	fr	nombre de mots|mots
homepage	fr	site internet|~page web|~site web
email	es	correo|correo electrónico|e-correo|mail de la autora
email	it	posta elettronica|indirizzo e-mail
email	fr	courriel|adresse e-mail|adresse email|mél
title	es	título|titulo|título del fic
author	es	autor|autora|autores|escrito por|autor a
fandom	es	fandom|~basado en
relationships	es	pareja|parejas|pairing
characters	es	personajes|personajes principales|personaje
rating	es	clasificación|clasificacion|calificación|calificacion|rating|raiting
warnings	es	advertencia|advertencias|~avisos|~aviso
summary	es	resumen|sinopsis|argumento|~descripción
disclaimer	es	disclaimer|descargo|descargo de responsabilidad|renuncia|~derechos
notes	es	nota de la autora|nota del autor|notas de autor|notas de autora|notas de la autora|notas del autor|notas|n/a|n de a|nota
genres	es	género|genero|géneros|generos
categories	es	categoría|categoria|categorías
part	es	parte|~capítulo|~capitulo
status	es	estado
betas	es	beta|~beteado por
thanks	es	agradecimientos|~gracias a
dedication	es	dedicatoria|~dedicado a
translator	es	traductora|traductor|traducción|traducido por
language	es	idioma
date	es	fecha|publicado|fecha de publicación
updated	es	actualizado|última actualización
series	es	~serie|~saga
words	es	palabras
spoilers	es	spoilers|~temporada
title	it	titolo
author	it	autore|autrice|autori|scritto da|scritta da
fandom	it	fandom|~tratto da
date	it	pubblicata|pubblicato|data|data di pubblicazione
updated	it	aggiornata|aggiornato
rating	it	rating|raiting
genres	it	genere|generi
part	it	~capitoli|~capitolo|~parte
status	it	completa|stato
warnings	it	avvertimenti|avvertenze|avvisi|note/avvertimenti
relationships	it	coppia|coppie|pairing
characters	it	personaggi|personaggio
summary	it	riassunto|trama|introduzione|sommario
disclaimer	it	disclaimer
notes	it	note|note dellautore|note dellautrice|note autore|note autrice|n d a|nda
betas	it	beta|betareader
thanks	it	ringraziamenti
dedication	it	dedica
series	it	~serie
language	it	lingua
words	it	parole
translator	it	traduttrice|traduttore|traduzione|tradotto da
title	ru	название|заголовок|название фика
author	ru	автор|авторы|автор фика|~от
coauthor	ru	соавтор|соавторы
betas	ru	соавторы и беты|бета|бета-ридер|бета-ридеры|гамма|беты|беты и соавторы|бета и гамма|бета/гамма|редактор
fandom	ru	фандом|фандомы|фэндом|фэндомы|~кроссовер|~оригинал
relationships	ru	пейринг|пэйринг|пейринги|пэйринги|пэйринг и персонажи|пейринг и персонажи|пара|~пары|~пэринг
characters	ru	персонажи|основные персонажи|герои|главные герои|действующие лица|~персонаж
rating	ru	рейтинг
genres	ru	жанр|жанры
categories	ru	категория|категории|~направленность
status	ru	статус|состояние
words	ru	количество слов|слов
size	ru	размер|~объём|~объем
disclaimer	ru	дисклеймер|дискламер|дисклаймер|дисклеймеры|отказ|отказ от прав|~права
summary	ru	саммари|содержание|краткое содержание|описание|аннотация|~сюжет|~самари
warnings	ru	предупреждение|предупреждения|~внимание
notes	ru	от автора|заметка от автора|примечание|примечания|примечания автора|примечание автора|комментарий автора|~комментарии|~заметки|~п/а|~а/п|~прим авт
permission	ru	публикация на других ресурсах|размещение|~разрешение на размещение|~архивирование
series	ru	серия|цикл|~события
sequelto	ru	продолжение|сиквел к|~сиквел
homepage	ru	ссылка|сайт
email	ru	почта|мыло|е-мейл|e-mail автора
spoilers	ru	спойлеры|спойлер|таймлайн|~сезон|~время действия
part	ru	часть|~глава
date	ru	добавлено|добавлен|размещено|дата|дата публикации|опубликовано|дата написания|написано
updated	ru	обновлено|обновление
language	ru	язык
translator	ru	переводчик|перевод|перевела|перевёл
thanks	ru	благодарности|благодарность
dedication	ru	посвящение|посвящается
recipient	ru	подарок|для
prompt	ru	~вызов|~заявка|~фест
feedback	ru	отзывы|~фидбек
title	ja	題名|タイトル|作品名
author	ja	作者名|作者|著者|筆者
date	ja	掲載日|公開日|初出
updated	ja	最終更新日|更新日
summary	ja	あらすじ|概要|要約
rating	ja	年齢制限|レーティング|対象年齢
warnings	ja	注意|警告|注意事項
relationships	ja	カップリング|cp|カプ
characters	ja	登場人物|キャラクター|キャラ
genres	ja	ジャンル
fandom	ja	原作|作品|ジャンル名
notes	ja	後書き|あとがき|前書き|まえがき|備考|作者コメント
series	ja	シリーズ
disclaimer	ja	免責|免責事項
keywords	ja	キーワード|タグ
language	ja	言語
words	ja	文字数
part	ja	話数|章
status	ja	状態
title	zh	标题|標題|文名|篇名|题目|書名
author	zh	作者|作家
fandom	zh	原作|同人|衍生
relationships	zh	配对|配對|cp|主cp
rating	zh	分级|分級|级别|等级
warnings	zh	警告|预警|注意|避雷
summary	zh	简介|文案|摘要|概要
disclaimer	zh	声明|免责声明|弃权声明
notes	zh	作者的话|备注|说明|注|前言
characters	zh	人物|角色
translator	zh	译者|翻译|授权翻译
status	zh	状态
`
