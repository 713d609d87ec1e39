using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Support.Functions;

/// <summary>Signs requests to queues and blobs with an account's key.</summary>
/// <remarks>Source: Azure Storage, "Authorize with Shared Key", the string of twelve lines.</remarks>
internal static class StorageSignature
{
    private const string Version = "2021-12-02";

    public static void Sign(HttpRequestMessage request, AzuriteAccount account, IEnumerable<(string Name, string Value)> query)
    {
        request.Headers.Add("x-ms-date", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        request.Headers.Add("x-ms-version", Version);
        string text = StringOf(request, account, query);
        byte[] signature = HMACSHA256.HashData(Convert.FromBase64String(account.Key), Encoding.UTF8.GetBytes(text));
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account.Name}:{Convert.ToBase64String(signature)}");
    }

    private static string StringOf(HttpRequestMessage request, AzuriteAccount account, IEnumerable<(string Name, string Value)> query)
    {
        HttpContentHeaders? content = request.Content?.Headers;
        IEnumerable<string> lines =
        [
            request.Method.Method, "", "", content?.ContentLength is > 0 and long length ? length.ToString(CultureInfo.InvariantCulture) : "", "",
            content?.ContentType?.ToString() ?? "", "", "", "", "", "", "",
            .. request.Headers.Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
                .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}:{header.Value.Single()}"),
            $"/{account.Name}{request.RequestUri!.AbsolutePath}",
            .. query.OrderBy(each => each.Name, StringComparer.Ordinal).Select(each => $"{each.Name}:{each.Value}"),
        ];
        return string.Join('\n', lines);
    }
}
