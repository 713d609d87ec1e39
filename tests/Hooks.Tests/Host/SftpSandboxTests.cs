using System.Diagnostics;
using SshFunctions.Support.Files;
using SshFunctions.Support.Programs;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary>The process that serves, looked at from outside once it has answered its first packet.</summary>
public sealed class SftpSandboxTests : IDisposable
{
    private static readonly byte[] Greeting = [0, 0, 0, 5, 1, 0, 0, 0, 3];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Serves_without_new_privileges_in_its_folder_and_without_what_it_inherited()
    {
        string inherited = _folder.Write("inherited", "left open by whoever started it\n");
        string served = Directory.CreateDirectory(_folder["served"]).FullName;
        using Process process = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "exec 7<\"$1\" && exec \"$2\" host sftp \"$3\"", "sh", inherited, ProductProgram.Sshfn.Path, served])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        await process.StandardInput.BaseStream.WriteAsync(Greeting);
        await process.StandardInput.BaseStream.FlushAsync();
        Assert.NotEqual(-1, process.StandardOutput.BaseStream.ReadByte());

        string proc = $"/proc/{process.Id}";
        Assert.Contains("NoNewPrivs:\t1\n", await File.ReadAllTextAsync(proc + "/status"), StringComparison.Ordinal);
        Assert.Equal(served, new FileInfo(proc + "/cwd").LinkTarget);
        Assert.DoesNotContain(inherited, Directory.GetFiles(proc + "/fd").Select(file => new FileInfo(file).LinkTarget));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
