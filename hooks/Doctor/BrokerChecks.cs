using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Signed in, broker there, clocks together, token good.</summary>
internal static class BrokerChecks
{
    // Certificates are dated back 60 s: beyond that a fresh one does not hold yet. Source: design.md, section 12.
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(55);
    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(7);

    internal static async IAsyncEnumerable<Finding> RunAsync(Folders folders)
    {
        if (Attempt(() => FreshCredentials.Find(folders), out Finding? failed) is not { } credentials)
        {
            yield return failed ?? Finding.Fail("not signed in", SignInHint.Text());
            yield break;
        }

        using BrokerClient client = new(credentials.Broker, credentials.Token);
        (HealthResponse? health, Finding? away) = await AskAsync(client, Routes.Health, answer => answer.Read(Contract.Json.HealthResponse));
        if (health is null)
        {
            yield return away!;
            yield break;
        }

        yield return Finding.Ok($"broker {credentials.Broker.GetLeftPart(UriPartial.Authority)} answers, version {health.Version}");
        yield return Skew((Clock.Now - health.Time).Duration());
        (CallerResponse? caller, Finding? refused) = await AskAsync(client, Routes.Me, answer => answer.Read(Contract.Json.CallerResponse));
        yield return caller is null ? refused! : Token(caller, credentials);
    }

    // What is renewed by itself, or was never to last, is no cause for warning.
    private static Finding Token(CallerResponse caller, Credentials credentials) =>
        credentials.Expires is null && caller.Expires is { } end && end - Clock.Now < ExpiresSoon
            ? Finding.Warn($"token of {caller.Subject} expires {Moment.Text(end)}", "sshfn token create NAME > FILE && " + SignInHint.Text(credentials.Broker))
            : Finding.Ok($"signed in as {caller.Subject}");

    private static Finding Skew(TimeSpan skew)
    {
        string text = $"clock differs from the broker's by {(int)skew.TotalSeconds} s";
        return skew > MostSkew ? Finding.Fail(text, "set this machine's clock")
            : skew > NoticeableSkew ? Finding.Warn(text, "set this machine's clock")
            : Finding.Ok(text);
    }

    private static async Task<(T? Value, Finding? Failed)> AskAsync<T>(BrokerClient client, string path, Func<BrokerAnswer, T> read)
        where T : class
    {
        try
        {
            return (read(await client.GetAsync(path, CancellationToken.None)), null);
        }
        catch (CommandFailedException failure)
        {
            return (null, Finding.Fail(failure.Message, failure.Hint == "sshfn doctor" ? "is the address right, and the network up?" : failure.Hint));
        }
    }

    private static T? Attempt<T>(Func<T?> action, out Finding? failed)
        where T : class
    {
        failed = null;
        try
        {
            return action();
        }
        catch (CommandFailedException failure)
        {
            failed = Finding.Fail(failure.Message, failure.Hint);
            return null;
        }
    }
}
