using SshFunctions.Hooks.Host.Sftp;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class SftpFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task A_path_never_leaves_its_folder_and_attributes_are_read_or_refused()
    {
        var wires = new WireMutator([Sample("/pub/media/../a file", 0x8000000F), Sample("", 0), Sample("./..//a/.", 8)]);
        await new FuzzRun("paths and attributes of SFTP").RunAsync(wires.Make, input =>
        {
            var reader = new SshReader(input);
            SftpPath? path = SftpPath.Parse(reader.ReadString("path"));
            int before = reader.Position;
            Attributes.Read(ref reader);
            if (reader.Failed && reader.Position < before) return "the reader went back behind the path";
            if (path is null) return null;
            foreach (string name in path.ToString()[1..].Split('/'))
                if (name is "." or ".." || (name.Length == 0 && !path.IsTop) || name.Contains('\0', StringComparison.Ordinal)) return $"a name of {path}";
            return null;
        });
    }

    private static byte[] Sample(string path, uint flags)
    {
        using var writer = new SshWriter();
        writer.WriteString(path);
        writer.WriteUInt32(flags);
        writer.WriteUInt64(7);
        writer.WriteUInt32(1000);
        writer.WriteUInt32(1000);
        writer.WriteUInt32(0x1FF);
        writer.WriteUInt32(1);
        writer.WriteUInt32(2);
        writer.WriteUInt32(1);
        writer.WriteString("type");
        writer.WriteString("data");
        return writer.ToArray();
    }
}
