using System.Text.Json;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class PinnedTrustTests
{
    [Fact]
    public void A_bundle_with_null_in_a_list_of_keys_is_refused_and_breaks_nothing()
    {
        Api.TrustBundleResponse bundle = JsonSerializer.Deserialize("""{"version":1,"userCaKeys":[null],"hostCaKeys":[],"journalKeys":[]}""", Contract.Json.TrustBundleResponse)!;

        Assert.Null(PinnedTrust.TryParse(bundle, out string problem));
        Assert.Contains("malformed", problem, StringComparison.Ordinal);
    }
}
