using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class SearchWordsTests
{
    private static readonly Resource Shop = Broker.ResourceOf("acme/production/web", "shop.example.com") with { Description = "Ladengeschäft <b>\"A&B\"</b> + C:\\'x'`" };

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("web")]
    [InlineData("WEB shop")]
    [InlineData("acme/production")]
    [InlineData("ion/web SHOP.example")]
    [InlineData("ladengeschäft")]
    [InlineData("GESCHÄFT")]
    [InlineData("<B>\"a&b\"</b>")]
    [InlineData("C:\\'x'`")]
    [InlineData("+")]
    public void Fits_where_every_word_is_in_the_path_a_host_or_the_description(string text)
    {
        Assert.True(SearchWords.Of(text).Fit(Shop));
        Assert.True(SearchWords.Of(text).MayFit(StoredOf(Shop)));
    }

    [Theory]
    [InlineData("web nowhere")]
    [InlineData("deploy")]
    [InlineData("sshSwitch")]
    [InlineData("u003C")]
    [InlineData("acme:production")]
    public void Fits_nothing_that_only_the_stored_form_holds(string text) => Assert.False(SearchWords.Of(text).Fit(Shop));

    [Theory]
    [InlineData("nowhere")]
    [InlineData("webb")]
    [InlineData("shop.example.org")]
    public void Is_spared_the_decoding_of_what_can_not_fit(string text) => Assert.False(SearchWords.Of(text).MayFit(StoredOf(Shop)));

    [Fact]
    public void Never_says_of_the_stored_form_that_it_can_not_fit_when_it_does()
    {
        foreach (char unit in Enumerable.Range(1, 0x24f).Select(code => (char)code).Where(unit => !char.IsWhiteSpace(unit)))
        {
            Resource resource = Shop with { Description = $"a{unit}b" };
            foreach (string word in (string[])[$"{unit}", $"A{unit}B", $"{char.ToUpperInvariant(unit)}b", $"a{char.ToLowerInvariant(unit)}"])
                Assert.Equal((word, true), (word, !SearchWords.Of(word).Fit(resource) || SearchWords.Of(word).MayFit(StoredOf(resource))));
        }
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjE")]
    [InlineData("web b3BlbnNzaC1rZXktdjEAAAAABG5vbmU")]
    [InlineData("we\u200bb")]
    [InlineData("web\u202e")]
    public void Refuses_a_private_key_and_what_is_not_seen_and_repeats_neither(string text)
    {
        Refusal.Invalid refused = Broker.Refused<Refusal.Invalid>(SearchWords.Read(text, "search").Refusal);

        Assert.Equal("search", refused.Field);
        Assert.DoesNotContain("b3Blbn", refused.Detail + refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_as_many_characters_as_it_says_and_no_more()
    {
        Assert.True(SearchWords.Read(new string('a', SearchWords.MaximumLength), "search").Succeeded);
        Assert.False(SearchWords.Read(new string('a', SearchWords.MaximumLength + 1), "search").Succeeded);
        Assert.True(SearchWords.Read("", "search").Succeeded);
    }

    private static byte[] StoredOf(Resource resource) => Json.Encode(resource, CoreJson.Default.Resource);
}
