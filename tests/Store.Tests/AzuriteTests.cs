using System.Net;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests;

public sealed class AzuriteTests
{
    private const int TimeoutMilliseconds = 120_000;

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Gives_each_test_an_account_of_its_own()
    {
        AzuriteProcess azurite = await AzuriteProcess.SharedAsync();
        AzuriteAccount first = azurite.TakeAccount();
        AzuriteAccount second = azurite.TakeAccount();
        Assert.NotEqual(first.Name, second.Name);
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal($"/{first.Name}", first.TablesUrl.AbsolutePath);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Takes_tokens_for_storage_over_tls_and_none_for_others()
    {
        AzuriteProcess azurite = await AzuriteProcess.SharedWithTokensAsync();
        using HttpClient http = TrustedHttp.NewClient(azurite.AuthorityFile!);
        Uri tables = azurite.TakeAccount().TablesUrl;
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, tables, AzuriteToken.For()));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, tables, AzuriteToken.For("https://vault.azure.net")));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, Uri tables, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(tables + "/Tables"));
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Accept", "application/json;odata=nometadata");
        request.Headers.Add("x-ms-version", "2020-12-06");
        request.Headers.Add("x-ms-date", "Sat, 01 Jan 2000 00:00:00 GMT");
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
