using SshFunctions.Api;
using SshFunctions.Support.Functions;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>Messages that fail: what shows it, and what a message does that comes again.</summary>
public sealed class PoisonTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Function = "PublishRevocations";
    private readonly FunctionApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    public void Dispose() => _app.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_message_that_is_given_up_shows_on_the_revocations_once_however_often_it_comes_until_the_list_gets_out()
    {
        _app.Vault.Throttles = "";
        RevokedResponse revoked = await _app.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("left", Subject: "carol"));
        IReadOnlyList<InvocationRecord> tries = await _app.Host.Invocations.WaitAsync(Function, 5);
        Assert.All(tries, each => Assert.False(each.Succeeded));
        Assert.True((await _app.Host.Invocations.WaitAsync(Function + "PutAside", 1))[0].Succeeded);

        PublicationFailureResponse failure = (await ReadAsync()).PublicationFailure!;
        Assert.Equal(1, failure.Count);
        Assert.False(string.IsNullOrEmpty(failure.Reason));
        StorageQueue poison = _app.Host.Queue("revocations-poison");
        for (int again = 0; again < 3; again++) await poison.PutAsync($$"""{"number":{{revoked.KrlVersion}}}""");
        await _app.Host.Invocations.WaitAsync(Function + "PutAside", 4);
        Assert.Equal(failure, (await ReadAsync()).PublicationFailure);
        Assert.Single(await _app.Admin.JournalAsync("revocation-list.given-up"));

        _app.Vault.Throttles = null;
        while (!(await _app.Host.FireTimerAsync("ExpireAccess")).Succeeded)
        {
            // The vault's own pause is not over yet.
        }

        Assert.Null((await ReadAsync()).PublicationFailure);
        await poison.PutAsync($$"""{"number":{{revoked.KrlVersion}}}""");
        await _app.Host.Invocations.WaitAsync(Function + "PutAside", 5);
        Assert.Null((await ReadAsync()).PublicationFailure);
        Assert.Single(await _app.Admin.JournalAsync("revocation-list.given-up"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_message_that_comes_twice_changes_nothing_twice()
    {
        RevokedResponse revoked = await _app.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("left", Subject: "carol"));
        StorageQueue queue = _app.Host.Queue("revocations");
        for (int again = 0; again < 3; again++) await queue.PutAsync($$"""{"number":{{revoked.KrlVersion}}}""");
        IReadOnlyList<InvocationRecord> tries = await _app.Host.Invocations.WaitAsync(Function, 4);
        Assert.All(tries, each => Assert.True(each.Succeeded, each.Fault));
        RevokedResponse next = await _app.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("left", Subject: "dave"));
        Assert.Equal(revoked.KrlVersion + 1, next.KrlVersion);
    }

    [Fact(Timeout = Patience)]
    public async Task A_message_that_is_no_base64_never_reaches_the_broker()
    {
        StorageQueue queue = _app.Host.Queue("revocations");
        await queue.CreateAsync();
        int before = _app.LoggedInvocationCount;
        await queue.PutRawAsync("not base64!");
        Assert.False((await _app.Host.Invocations.WaitAsync(Function, 1))[0].Succeeded);
        Assert.False((await _app.Host.Invocations.WaitAsync(Function + "PutAside", 1))[0].Succeeded);
        Assert.Equal(before, _app.LoggedInvocationCount);
    }

    private Task<RevocationPage> ReadAsync() => _app.Admin.GetAsync<RevocationPage>(Routes.Revocations);
}
