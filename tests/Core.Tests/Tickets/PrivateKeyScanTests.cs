using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SshFunctions.Core.Tickets;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Tickets;

public sealed class PrivateKeyScanTests
{
    public static TheoryData<string> Hidings => [.. Ways.Keys];

    private static readonly Dictionary<string, Func<string, JsonNode>> Ways = new()
    {
        ["as a member"] = key => new JsonObject { ["key"] = key },
        ["deep in a list"] = key => new JsonObject { ["a"] = new JsonArray(new JsonObject { ["b"] = new JsonArray("x", key) }) },
        ["as the name of a member"] = key => new JsonObject { [key] = 1 },
        ["amid a comment"] = key => new JsonObject { ["comment"] = $"Hi,\r\nhere is it: {key}\nThanks!" },
        ["with its line breaks escaped"] = key => new JsonObject { ["comment"] = key.Replace("\n", "\\n", StringComparison.Ordinal) },
        ["in JSON in a text"] = key => new JsonObject { ["payload"] = new JsonObject { ["key"] = key }.ToJsonString() },
        ["in JSON in JSON in a text"] = key => new JsonObject { ["p"] = new JsonObject { ["q"] = new JsonObject { ["key"] = key }.ToJsonString() }.ToJsonString() },
        ["as an attachment in base64"] = key => new JsonObject { ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(key)) },
        ["as an attachment in base64 with line breaks"] = key => new JsonObject { ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(key), Base64FormattingOptions.InsertLineBreaks) },
        ["as an attachment in UTF-16"] = key => new JsonObject { ["content"] = Convert.ToBase64String(Encoding.Unicode.GetBytes(key)) },
        ["as a data address"] = key => new JsonObject { ["content"] = "data:text/plain;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(key)) },
        ["escaped for an address"] = key => new JsonObject { ["content"] = Uri.EscapeDataString(key) },
        ["escaped for a page"] = key => new JsonObject { ["content"] = "<pre>" + key.Replace("-", "&#45;", StringComparison.Ordinal) + "</pre>" },
        ["line by line"] = key => new JsonObject { ["lines"] = new JsonArray([.. key.Split('\n').Select(line => (JsonNode)line)]) },
    };

    [Theory]
    [MemberData(nameof(Hidings))]
    public void Finds_a_private_key_and_its_public_half(string way)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        using JsonDocument document = JsonDocument.Parse(Ways[way](Encoding.UTF8.GetString(OpenSshPrivateKey.Write(key, "alice"))).ToJsonString());
        string? found = PrivateKeyScan.Find(document.RootElement);
        Assert.NotNull(found);
        Assert.True(PrivateKeyText.TryGetPublicHalf(found, out SshPublicKey? half), way);
        Assert.Equal(key.PublicKey.Fingerprint, half.Fingerprint);
    }

    [Theory]
    [InlineData("""{"key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Z0bqkIrkD0uYw2lIYKPZ0iJ6Z3cNnXbT4a0cWqZ5x alice"}""")]
    [InlineData("""{"text":"100% of [all] {things} & AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"text":"a private key was stolen"}""")]
    [InlineData("{}")]
    public void Leaves_other_text_alone(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Null(PrivateKeyScan.Find(document.RootElement));
    }
}
