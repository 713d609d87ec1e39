using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting.Homes;

/// <summary>What a broker on shared storage refuses before it asks anybody: no waiting would mend it.</summary>
public sealed class SharedBrokerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refuses_a_key_file_that_is_not_there_and_one_key_for_two_purposes()
    {
        (string one, string two) = (WriteKey("one"), WriteKey("two"));
        Assert.Null(Prepare(one, two, WriteKey("three")));
        Assert.Contains("is not there", Prepare(one, two, _folder["three-that-is-not"])!.Detail, StringComparison.Ordinal);
        Assert.Contains("are one key", Prepare(one, two, one)!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64!", "is not base64")]
    [InlineData("", "holds no key")]
    public void Refuses_a_storage_key_that_is_none(string text, string detail)
    {
        var storage = new StorageProfile(new Uri("http://127.0.0.1:1/account"), null, _folder.Write("storage-key", text));
        Refusal refusal = SharedBroker.Prepare(Profile(WriteKey("u"), WriteKey("h"), WriteKey("j")), storage, TimeProvider.System).Refusal!;
        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
    }

    private Refusal? Prepare(string userCa, string hostCa, string journal)
    {
        var storage = new StorageProfile(new Uri("http://127.0.0.1:1/account"), null, _folder.Write("storage-key", "AAAA"));
        return SharedBroker.Prepare(Profile(userCa, hostCa, journal), storage, TimeProvider.System).Refusal;
    }

    private static BrokerProfile Profile(string userCa, string hostCa, string journal) => new()
    {
        DataDirectory = null,
        Listen = [],
        Keys = new KeyProfile(new KeyLocation.KeyFile(userCa), new KeyLocation.KeyFile(hostCa), new KeyLocation.KeyFile(journal)),
    };

    private string WriteKey(string name)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return _folder.Write(name, OpenSshPrivateKey.Write(key, name));
    }
}
