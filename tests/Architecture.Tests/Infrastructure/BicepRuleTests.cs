using System.Text.Json;
using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Recipes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>What no deployment of this project may lack.</summary>
public sealed class BicepRuleTests(BicepFiles files) : IClassFixture<BicepFiles>
{
    // Azure's own, by name; a role that isn't here was not thought about.
    private static readonly Dictionary<string, string> BuiltInRoles = new()
    {
        ["Key Vault Crypto User"] = "12338af0-0e69-4776-bea7-57ae8d297424",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    [Fact]
    public void Every_parameter_and_output_says_what_it_is()
    {
        var silent =
            from file in files.Templates
            from one in file.Parameters.Concat(file.Outputs)
            where one.Decorator("description") is not { Length: > 16 }
            select $"{file}: {one.Name}";

        Assert.Empty(silent);
        Assert.All(files.Templates.SelectMany(file => file.Parameters), one => Assert.NotNull(one.Decorator("description")));
    }

    [Fact]
    public void Every_number_that_an_operator_gives_has_bounds()
    {
        var numbers = files.Main.Parameters.Where(one => one.Node.Children.Any(child => child is { Type: "type", Text: "int" })).ToList();

        Assert.NotEmpty(numbers);
        Assert.All(numbers, one => Assert.True(
            one.Decorator("allowed") is not null || (one.Decorator("minValue") is not null && one.Decorator("maxValue") is not null), one.Name));
    }

    [Fact]
    public void A_parameter_that_looks_like_a_secret_is_secure()
    {
        string[] words = ["token", "secret", "password", "hash"];
        var open = files.Templates.SelectMany(file => file.Parameters)
            .Where(one => words.Any(word => one.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) && one.Decorator("secure") is null);

        Assert.Empty(open.Where(one => !one.Node.Text.Contains(" bool", StringComparison.Ordinal)).Select(one => one.Name));
        Assert.All(files.Templates.SelectMany(file => file.Outputs), one => Assert.DoesNotContain("listKeys", one.Node.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_storage_account_takes_no_shared_key_no_old_TLS_and_no_anonymous_reader() =>
        Assert.All(files.OfType("Microsoft.Storage/storageAccounts"), account =>
        {
            BicepNode properties = account.Body.Get("properties")!;
            Assert.Equal("false", properties.Get("allowSharedKeyAccess")?.Text);
            Assert.Equal("false", properties.Get("allowBlobPublicAccess")?.Text);
            Assert.Equal("'TLS1_2'", properties.Get("minimumTlsVersion")?.Text);
            Assert.Equal("true", properties.Get("supportsHttpsTrafficOnly")?.Text);
        });

    [Fact]
    public void The_vault_goes_by_roles_and_can_be_purged_by_nobody()
    {
        BicepNode properties = Assert.Single(files.OfType("Microsoft.KeyVault/vaults")).Body.Get("properties")!;

        Assert.Equal("true", properties.Get("enableRbacAuthorization")?.Text);
        Assert.Equal("true", properties.Get("enableSoftDelete")?.Text);
        Assert.Equal("true", properties.Get("enablePurgeProtection")?.Text);
        Assert.Null(properties.Get("accessPolicies"));
    }

    [Fact]
    public void The_three_keys_are_elliptic_can_only_sign_and_stay_in_the_vault()
    {
        BicepNode properties = Assert.Single(files.OfType("Microsoft.KeyVault/vaults/keys")).Body.Get("properties")!;

        Assert.Equal("['user-ca', 'host-ca', 'journal']", files.Named("vault.bicep").Variables.Single(one => one.Name == "keyNames").Node.Value.Text);
        Assert.Equal("hardwareKeys ? 'EC-HSM' : 'EC'", properties.Get("kty")?.Text);
        Assert.Equal("'P-256'", properties.Get("curveName")?.Text);
        Assert.Equal("['sign', 'verify']", properties.Get("keyOps")?.Text);
        Assert.Equal("false", properties.Get("attributes", "exportable")?.Text);
    }

    [Fact]
    public void Every_role_is_in_the_table_and_every_one_in_the_table_is_Azures()
    {
        var table = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.PathOf("infra/roles.json")))!;
        var assignments = files.OfType("Microsoft.Authorization/roleAssignments");
        var assigned = assignments.Select(one => one.Body.Get("properties", "roleDefinitionId")!.Text.Split("roles['")[1].Split('\'')[0]).ToList();

        Assert.Equal(BuiltInRoles.OrderBy(role => role.Key, StringComparer.Ordinal), table.OrderBy(role => role.Key, StringComparer.Ordinal));
        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), assigned.Distinct().Order(StringComparer.Ordinal));
        Assert.All(assignments, one => Assert.NotNull(one.Body.Get("scope")));
        // An identity that was just made is not found by every part of Entra ID yet; with its type it needs not be.
        Assert.All(assignments, one => Assert.Equal("'ServicePrincipal'", one.Body.Get("properties", "principalType")?.Text));
    }

    [Fact]
    public void Logs_take_nothing_by_key()
    {
        Assert.Equal("true", Assert.Single(files.OfType("Microsoft.Insights/components")).Body.Get("properties", "DisableLocalAuth")?.Text);
        Assert.Equal("true", Assert.Single(files.OfType("Microsoft.OperationalInsights/workspaces")).Body.Get("properties", "features", "disableLocalAuth")?.Text);
    }
}
