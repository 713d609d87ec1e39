using SshFunctions.Benchmarks.Policy;

switch (args)
{
    case ["policy-fill", var path, var count]:
        await PolicyTree.FillAsync(path, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["policy", var path, var count]:
        await PolicyBenchmark.RunAsync(path, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: Benchmarks policy-fill FILE RESOURCES, then Benchmarks policy FILE RESOURCES; see run.sh");
        return 2;
}
