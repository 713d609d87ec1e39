using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;
using Xunit;

namespace SshFunctions.Support.Passcodes;

/// <summary>What is for single use is used once, over three brokers on one store. A backend derives from it and adds only how it is opened.</summary>
public abstract class SingleUseContract : IAsyncLifetime
{
    private const int Patience = 120_000;
    private readonly EnrolledHost _host = SingleUseBroker.NewHost();
    private SingleUseBroker[] _brokers = [];

    public async Task InitializeAsync()
    {
        IStore[] stores = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        _brokers = [.. stores.Select((store, number) => new SingleUseBroker(store, $"broker-{number}"))];
        await _brokers[0].MakeTreeAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (SingleUseBroker broker in _brokers) await broker.DisposeAsync();
        await CloseAsync();
    }

    /// <summary>Passcodes that are raced for, one after the other; fewer where the backend is an emulator.</summary>
    protected virtual int RunCount => 50;

    /// <summary>How many race at once; fewer where the backend is an emulator.</summary>
    protected virtual int RaceCount => 1000;

    /// <summary>Opens the same documents once more.</summary>
    protected abstract Task<IStore> OpenAsync();

    /// <summary>Closes what was opened.</summary>
    protected virtual Task CloseAsync() => Task.CompletedTask;

    [Fact(Timeout = Patience)]
    public async Task Of_many_redemptions_of_one_passcode_at_once_exactly_one_succeeds_every_time()
    {
        for (int run = 0; run < RunCount; run++)
        {
            string passcode = await _brokers[run % 3].MintAsync();
            Result<Passcode>[] results = await RaceAsync(broker => broker.RedeemAsync(_host, passcode));
            Assert.Single(results, result => result.Succeeded);
            Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<Refusal.Denied>(result.Refusal));
        }

        Assert.Equal(RunCount, await CountAsync<JournalEvent.PasscodeRedeemed>());
        Assert.Equal(RunCount * (RaceCount - 1), await CountAsync<JournalEvent.PasscodeRejected>());
    }

    [Fact(Timeout = Patience)]
    public async Task Of_many_connections_with_one_single_use_certificate_exactly_one_is_granted()
    {
        SshCertificate certificate = await _brokers[0].IssueAsync();
        int session = 0;
        Result<JournalPosition>[] results =
            await RaceAsync(broker => broker.SpendAsync(_host, certificate, $"session-{Interlocked.Increment(ref session)}"));
        Assert.Single(results, result => result.Succeeded);
        Assert.Equal(1, await CountAsync<JournalEvent.CertificateSpent>());
        Assert.Equal(RaceCount - 1, await CountAsync<JournalEvent.CertificateSpendRefused>());
    }

    [Fact(Timeout = Patience)]
    public async Task Of_many_wrong_codes_at_once_over_three_brokers_the_login_is_locked_for_the_right_one_too()
    {
        string passcode = await _brokers[0].MintAsync();
        await RaceAsync(broker => broker.RedeemAsync(_host, "0000-0000-0000"));
        foreach (SingleUseBroker broker in _brokers) Assert.False((await broker.RedeemAsync(_host, passcode)).Succeeded);
        Assert.True((await _brokers[1].RedeemAsync(SingleUseBroker.NewHost(), passcode)).Succeeded, "another host is not locked");
    }

    [Fact(Timeout = Patience)]
    public async Task Of_many_mints_of_one_subject_at_once_over_three_brokers_twenty_are_given()
    {
        Result<MintedPasscode>[] results = await Task.WhenAll(
            Enumerable.Range(0, Math.Max(RaceCount / 10, PasscodeRegistry.MaximumLiveCount * 2)).Select(number => Task.Run(() => _brokers[number % 3].TryMintAsync())));
        Assert.Equal(PasscodeRegistry.MaximumLiveCount, results.Count(result => result.Succeeded));
    }

    private Task<Result<T>[]> RaceAsync<T>(Func<SingleUseBroker, Task<Result<T>>> act)
        where T : notnull =>
        Task.WhenAll(Enumerable.Range(0, RaceCount).Select(number => Task.Run(() => act(_brokers[number % 3]))));

    private Task<int> CountAsync<T>()
        where T : JournalEvent => _brokers[0].CountAsync<T>();
}
