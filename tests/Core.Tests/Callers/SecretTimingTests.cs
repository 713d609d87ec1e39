using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Webhooks;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Callers;

/// <summary>A wrong secret takes as long whether its first byte is wrong or its last.</summary>
/// <remarks>
/// Welch's t over two interleaved series, each without the slowest tenth, which is the scheduler's. A comparison that ends at the first
/// difference gives a t in the hundreds here. Source: Reparaz, Balasch, Verbauwhede, "Dude, is my code constant time?", section 3.
/// </remarks>
[Trait("Proof", "abuse")]
public sealed class SecretTimingTests
{
    private const double MostT = 10;

    [Fact]
    public void An_access_tokens_secret()
    {
        using Secret right = Secret.Generate();
        // The hash is what is compared: two stored ones that differ from it in one symbol.
        string hash = right.Hash();
        (string first, string last) = (Other(hash[0]) + hash[1..], hash[..^1] + Other(hash[^1]));
        Measure("an access token's secret", () => right.Matches(first), () => right.Matches(last));
    }

    [Fact]
    public void A_webhooks_signature()
    {
        Assert.True(WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), out WebhookSecret? secret));
        ImmutableArray<WebhookSecret> secrets = [secret];
        var stamp = new WebhookStamp("msg_1", DateTimeOffset.UnixEpoch);
        byte[] right = Convert.FromBase64String(WebhookSignature.Sign(stamp, "{}"u8, secrets)["v1,".Length..]);
        (string first, string last) = (Spoil(right, 0), Spoil(right, right.Length - 1));
        Measure("a webhook's signature", () => WebhookSignature.IsRight(stamp, "{}"u8, first, secrets), () => WebhookSignature.IsRight(stamp, "{}"u8, last, secrets));
    }

    private static void Measure(string what, Func<bool> wrongAtFirst, Func<bool> wrongAtLast)
    {
        int count = LongRuns.Count(usual: 2000, whole: 200_000);
        (double[] first, double[] last) = (new double[count], new double[count]);
        var order = new Random(9);
        for (int run = -count / 10; run < count; run++)
        {
            bool turned = order.Next(2) == 0;
            double one = TimeOf(turned ? wrongAtLast : wrongAtFirst);
            double other = TimeOf(turned ? wrongAtFirst : wrongAtLast);
            if (run >= 0) (first[run], last[run]) = turned ? (other, one) : (one, other);
        }

        double t = WelchOf(Cropped(first), Cropped(last));
        if (!LongRuns.IsAsked) return; // A few thousand are no proof; that they are refused is looked at all the same.
        new ProofFigure("abuse", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"timing: {what}, t = {t:0.0}"), 2L * count, Math.Abs(t) < MostT ? 0 : 1).Record();
        Assert.InRange(t, -MostT, MostT);
    }

    private static double TimeOf(Func<bool> compare)
    {
        long start = Stopwatch.GetTimestamp();
        Assert.False(compare());
        return Stopwatch.GetTimestamp() - start;
    }

    private static double[] Cropped(double[] times)
    {
        Array.Sort(times);
        return times[..(times.Length * 9 / 10)];
    }

    private static double WelchOf(double[] one, double[] other)
    {
        (double mean, double error) = MomentsOf(one);
        (double otherMean, double otherError) = MomentsOf(other);
        return (mean - otherMean) / Math.Sqrt(error + otherError);
    }

    private static (double Mean, double Error) MomentsOf(double[] times)
    {
        double mean = times.Average();
        return (mean, times.Sum(time => (time - mean) * (time - mean)) / (times.Length - 1) / times.Length);
    }

    private static char Other(char symbol) => symbol == 'A' ? 'B' : 'A';

    private static string Spoil(byte[] right, int index)
    {
        byte[] spoiled = [.. right];
        spoiled[index] ^= 1;
        return "v1," + Convert.ToBase64String(spoiled);
    }
}
