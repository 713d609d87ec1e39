using System.Globalization;
using System.Text;

namespace SshFunctions.Core.Tests;

public sealed class FreeTextTests
{
    public static TheoryData<string, int> Hidden { get; } = new()
    {
        { "a bell", 0x07 }, { "a line break", 0x0a }, { "a control character of Latin 1", 0x85 },
        { "a soft hyphen", 0xad }, { "an Arabic letter mark", 0x61c }, { "a Mongolian vowel separator", 0x180e },
        { "a zero-width space", 0x200b }, { "a zero-width joiner", 0x200d }, { "a left-to-right mark", 0x200e },
        { "a line separator", 0x2028 }, { "a paragraph separator", 0x2029 },
        { "a right-to-left override", 0x202e }, { "a word joiner", 0x2060 }, { "a right-to-left isolate", 0x2067 },
        { "a byte order mark", 0xfeff }, { "private use", 0xe000 }, { "a tag", 0xe0041 },
    };

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Refuses_what_is_not_seen_or_turns_the_text_around_it(string what, int code)
    {
        Refusal.Invalid? fault = FreeText.FaultOf($"Look into{new Rune(code)} orders", "reason", 100, required: true);

        Assert.Equal((what, "reason"), (what, fault?.Field));
        Assert.DoesNotContain(fault!.Detail.EnumerateRunes(), rune => rune.Value == code);
    }

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\t")]
    [InlineData("\n ")]
    public void Refuses_it_also_where_a_text_is_nothing_but_that_and_may_be_empty(string text) =>
        Assert.NotNull(FreeText.FaultOf(text, "description", 100, required: false));

    [Theory]
    [InlineData("Look into OPS-7, again")]
    [InlineData("Ladengeschäft für Bücher – 50 %")]
    [InlineData("店の前 السوق חנות दुकान")]
    [InlineData("\U0001f511\ufe0f e\u0301")]
    [InlineData(" ")]
    [InlineData("")]
    [InlineData(null)]
    public void Takes_what_people_write(string? text) => Assert.Null(FreeText.FaultOf(text, "reason", 100, required: false));

    [Fact]
    public void Tells_of_a_private_key_before_it_tells_of_the_length()
    {
        string key = "-----BEGIN OPENSSH PRIVATE KEY-----" + new string('A', 200);

        Assert.Contains("private key", FreeText.FaultOf(key, "reason", 100, required: true)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_every_letter_digit_mark_and_symbol()
    {
        for (int code = 0; code <= 0x10ffff; code++)
        {
            if (!Rune.TryCreate(code, out Rune rune)) continue;
            bool isWritten = Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.IsPunctuation(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.SpaceSeparator;
            if (isWritten && !FreeText.IsShown(rune)) Assert.Fail($"U+{code:X4}");
        }
    }
}
