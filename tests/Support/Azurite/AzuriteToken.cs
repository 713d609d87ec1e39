using System.Text;
using System.Text.Json.Nodes;

namespace SshFunctions.Support.Azurite;

/// <summary>Tokens that Azurite takes for an identity's: it looks at issuer, audience and times, and not at the signature.</summary>
public static class AzuriteToken
{
    /// <summary>The audience of every storage account.</summary>
    public const string StorageAudience = "https://storage.azure.com";

    /// <summary>Makes one that is valid until the year 2100.</summary>
    /// <param name="audience">Whom it is for.</param>
    public static string For(string audience = StorageAudience)
    {
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
            ["iat"] = 0,
            ["nbf"] = 0,
            ["exp"] = 4_102_444_800,
            ["oid"] = "00000000-0000-0000-0000-000000000002",
        };
        return $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}.{Encode("unsigned")}";
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
