package sample

// The sentences that texts are made of, one a line. @a is an adjective, @n a
// noun, @v a verb in the past, @d an adverb, @g a gerund, @l a place, @p a
// person.
const (
	plainSentences = `
The @a @n @v beside the @n, and nobody in @l had noticed.
@p @v @d until the @n was no more than a shape behind the @n.
It was the @n that @p remembered afterwards, not the @a @n or the rain.
By evening the road to @l was empty.
Somewhere below, a @n @v, and then it was quiet again.
@p took the @n from the shelf and turned it over, looking for a name.
They had been @g the @n since morning, and the light was nearly gone.
There were three letters on the table, and a @a @n.
@p did not answer at once.
In @l they tell it differently: there the @n is @a and the @n never comes home.
The @n was @a, the @n was @a, and @p was late.
Nothing about the @n had changed, except that it @v @d now when the wind came from the sea.
So they waited.
@p thought of the winter in @l, of @g and of bread, and of the @a @n above the door.
When the bell rang for the second time @p and @p were already on the stairs.
For a while they spoke only of the @n, because it was easier.
A @n is not a @n, whatever the people of @l may say.
The tea had gone cold beside the @a @n.
@p @v, then @v again, more @d this time.
Years later, when the @n was gone and the @n with it, @p would still know the way.
It took them four days to reach the @n, and one more to find out that it was the wrong one.
The key fitted.
Behind the @n lay another, smaller @n, and it was @a.
@p carried the @n as if it could wake.`

	spokenSentences = `
“You said the @n was @a,” said @p.
“I have never been to @l,” @p said @d. “Have you?”
“Well,” said @p, “that is one way of @g a @n.”
“Is it the @n again?” asked @p.
“No,” @p said.
“If we leave now we shall see the @n before dark,” said @p, and @v.
“Nobody asked the @n,” @p said, “and nobody asked me.”
“Give it back to the @n,” said @p. “Please.”
@p laughed. “You and your @a @n!”
“What would you do with a @n?” asked @p, who had been @g all day.
“They say in @l that it brings luck,” said @p.`

	remarkSentences = `
@p finds a @a @n where a @n should be.
What happened in @l before the @n came.
@p and @p are @g a @n, and it does not go as planned.
There is a @n, there is a @a @n, and somebody has to choose.
It was only meant to be a short visit to @l.
Written for the @n exchange.
Set after the second winter, when everybody thought the @n was lost.
The one in which @p learns about @g.
Nobody is as surprised as @p.
Thanks to all who read this before it was @a.`

	rambleSentences = `
the author knows nothing about @g
@p deserves a @a @n
the @n is a metaphor for the @n
yes this is about the @a @n from the second part
@g and @g and then more @g
somebody give @p a @n
the @n did nothing wrong
what if the @n had been @a
no @n was harmed
set in @l because the author misses @l
written in one night with a @a @n
@p is @a and that is fine
everybody lives even the @n
the @n is @a in this one and nobody can stop me from @g it`

	titlePatterns = `
The @a @n
@n and @n
@g the @n
A @n for @p
What the @n Knew
After the @n
The @n of @l
@a
@g
@l in the Rain
Seven Ways of @g
The @n That Was Not a @n
@a @n, @a @n
Letters to @p
No @n but This
Before the @a @n
How @p Found the @n
And the @n Was @a`

	verbs = `waited stood sang fell turned trembled slept shone listened hesitated smiled stopped rested waved sighed nodded
moved whispered leaned lingered returned frowned wandered breathed paused counted`

	adverbs = `slowly quietly carefully suddenly gladly softly twice gravely again kindly loudly patiently badly gently
politely warmly sadly lightly`

	hanzi = "月光海风星夜雪花山水云雨春秋冬夏书信灯火归路旧梦长安城南江北桥上归人初见故里青鸟白马远方小镇钟声"
)
