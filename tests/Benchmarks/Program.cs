using SshFunctions.Benchmarks.Certificate;
using SshFunctions.Benchmarks.Clone;
using SshFunctions.Benchmarks.Growth;
using SshFunctions.Benchmarks.Krl;
using SshFunctions.Benchmarks.Policy;
using SshFunctions.Benchmarks.Requests;
using SshFunctions.Benchmarks.Revocation;
using SshFunctions.Benchmarks.Soak;
using SshFunctions.Benchmarks.Start;
using SshFunctions.Benchmarks.Verify;

switch (args)
{
    case ["growth-fill", var data, var from, var to]:
        await GrownStore.FillAsync(
            data, int.Parse(from, System.Globalization.CultureInfo.InvariantCulture), int.Parse(to, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["growth", var folder, var picture, .. var sizes]:
        await GrowthBenchmark.RunAsync(folder, picture, [.. sizes.Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)).Order()]);
        return 0;
    case ["certificate"]:
        await CertificateBenchmark.RunAsync();
        return 0;
    case ["krl", var logins]:
        await KrlBenchmark.RunAsync(int.Parse(logins, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["policy-fill", var path, var count]:
        await PolicyTree.FillAsync(path, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["policy", var path, var count]:
        await PolicyBenchmark.RunAsync(path, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["requests", var seconds]:
        await RequestBenchmark.RunAsync(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["revocation", var hosts, var count]:
        await RevocationBenchmark.RunAsync(
            int.Parse(hosts, System.Globalization.CultureInfo.InvariantCulture), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["soak", var minutes]:
        await SoakBenchmark.RunAsync(int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["clone", var clones]:
        await CloneBenchmark.RunAsync(int.Parse(clones, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["start", var starts]:
        await StartBenchmark.RunAsync(int.Parse(starts, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["verify-fill", var folder, var count]:
        await VerifyBenchmark.FillAsync(folder, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["verify", var folder, var count]:
        await VerifyBenchmark.RunAsync(folder, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: Benchmarks certificate | clone CLONES | growth-fill DATA FROM TO | growth FOLDER PICTURE ENTRIES… | krl LOGINS | policy-fill FILE RESOURCES | policy FILE RESOURCES | requests SECONDS | revocation HOSTS REVOCATIONS | soak MINUTES | start STARTS | verify-fill FOLDER ENTRIES | verify FOLDER ENTRIES; see run.sh");
        return 2;
}
