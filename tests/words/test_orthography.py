import pytest

from diglot.words import Annotator, Style, restyled, sandhi, transcribed

# Examples of GB/T 16159-2012 and names.
ORTHOGRAPHY = [
    ("西安", "Xī'ān"),
    ("北京", "Běijīng"),
    ("方案", "fāng'àn"),
    ("女儿", "nǚ'ér"),
    ("花儿", "huār"),
    ("习近平", "Xí Jìnpíng"),
    ("北京市", "Běijīng Shì"),
    ("河北省", "Héběi Shěng"),
    ("中华人民共和国", "Zhōnghuá Rénmín Gònghéguó"),
    ("乌鲁木齐", "Wūlǔmùqí"),
    ("风平浪静", "fēngpíng-làngjìng"),
    ("为人民服务", "wèi rénmín fúwù"),
    ("卡拉OK", "kǎlā OK"),
    ("第一", "dì-yī"),
]


@pytest.mark.parametrize(("word", "pinyin"), ORTHOGRAPHY)
def test_a_word_is_written_in_one_as_the_standard_says(
    annotator: Annotator, word: str, pinyin: str
) -> None:
    assert [w.reading for w in annotator.annotate(word)] == [pinyin]


SENTENCES = [
    ("十一届，第二十三次。", "Shíyī jiè, dì-èrshísān cì."),
    ("一百二十三万五千人", "Yībǎi èrshísānwàn wǔqiān rén"),
    ("二〇二三年", "Èr líng èr sān nián"),
    ("他看着我们笑了。你呢？", "Tā kànzhe wǒmen xiàole. Nǐ ne?"),
    ("“你好”，他说。", "“Nǐhǎo”, tā shuō."),
    ("面积有21.6万平方公里，占48%。", "Miànjī yǒu 21.6 wàn píngfāng gōnglǐ, zhàn 48%."),
    ("创造性和主动性", "Chuàngzàoxìng hé zhǔdòngxìng"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "pinyin"), SENTENCES)
def test_a_sentence_is_spaced_by_words(annotator: Annotator, text: str, pinyin: str) -> None:
    assert transcribed(annotator.annotate(text)) == pinyin


SANDHI = [
    ("他不是坏人。", "Tā bùshì huàirén.", "Tā búshì huàirén."),
    ("我不来。", "Wǒ bù lái.", "Wǒ bù lái."),
    ("一起去", "Yīqǐ qù", "Yìqǐ qù"),
    ("一定", "Yīdìng", "Yídìng"),
    ("星期一上午", "Xīngqīyī shàngwǔ", "Xīngqīyī shàngwǔ"),
    ("第一课", "Dì-yī kè", "Dì-yī kè"),
    ("十一届", "Shíyī jiè", "Shíyī jiè"),
]


@pytest.mark.parametrize(("text", "citation", "spoken"), SANDHI)
def test_sandhi_of_yi_and_bu_is_written_only_on_request(
    annotator: Annotator, text: str, citation: str, spoken: str
) -> None:
    words = annotator.annotate(text)
    assert transcribed(words) == citation
    assert transcribed(sandhi(words)) == spoken


def test_a_word_can_be_spelled_in_every_style(annotator: Annotator) -> None:
    (word,) = annotator.annotate("绿色")
    assert restyled(word, Style.MARKS) == ("lǜ", "sè")
    assert restyled(word, Style.NUMBERS) == ("lü4", "se4")
    assert restyled(word, Style.ZHUYIN) == ("ㄌㄩˋ", "ㄙㄜˋ")
