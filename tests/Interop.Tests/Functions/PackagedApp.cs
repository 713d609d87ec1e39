using System.IO.Compression;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>The function app as <c>infra/package.sh</c> makes it from the broker under test.</summary>
internal static class PackagedApp
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<string>> Unpacked = new(UnpackAsync);

    /// <summary>The unpacked zip, for every test of this process; read only.</summary>
    public static Task<string> FolderAsync() => Unpacked.Value;

    /// <summary>Makes the package anew.</summary>
    /// <param name="folder">Where.</param>
    /// <returns>The zip.</returns>
    public static async Task<string> MakeAsync(string folder)
    {
        var environment = new Dictionary<string, string?> { ["SSHFN_BROKER_BIN"] = ProductProgram.Broker.Path };
        (await ProcessRun.ToEndAsync("bash", [Path.Combine(SourceTree.Root, "infra", "package.sh"), folder], null, null, environment, Patience)).Expect(0);
        return Path.Combine(folder, "functionapp.zip");
    }

    /// <summary>Unpacks the zip as a deployment does.</summary>
    public static void Unpack(string zip, string folder)
    {
        ZipFile.ExtractToDirectory(zip, folder);
        if (ProductProgram.Broker.IsAheadOfTime) return;
        // A build for debugging is not one file: its assemblies come along, as they would be in the file that is published.
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(ProductProgram.Broker.Path)!))
        {
            if (!File.Exists(Path.Combine(folder, Path.GetFileName(file)))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static async Task<string> UnpackAsync()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        Unpack(await MakeAsync(folder["out"]), folder["app"]);
        return folder["app"];
    }
}
