using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Recipes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>The settings of the app in Azure, and the log lines that its alerts wait for.</summary>
public sealed partial class AppSettingTests(BicepFiles files) : IClassFixture<BicepFiles>
{
    // Flex Consumption takes these from functionAppConfig, or not at all: a deployment that sets one is refused or ignored.
    private static readonly string[] Forbidden =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_PROCESS_COUNT",
        "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTOVERVNET",
        "WEBSITE_TIME_ZONE", "TZ", "WEBSITE_LOAD_CERTIFICATES", "WEBSITE_VNET_ROUTE_ALL", "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD",
        "AzureWebJobsStorage",
    ];

    [Fact]
    public void Every_setting_of_the_broker_is_one()
    {
        var known = Known();
        var set = Settings().Where(name => name.StartsWith("SSHFN_BROKER_", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(set);
        Assert.Empty(set.Except(known));
    }

    [Fact]
    public void Every_setting_that_a_recipe_or_a_page_names_is_one()
    {
        var named = Repository.Files.Where(file => file.StartsWith("infra/", StringComparison.Ordinal) && !file.StartsWith("infra/build/", StringComparison.Ordinal))
            .SelectMany(file => Repository.ReadLines(file).SelectMany(line => SettingName().Matches(line)).Select(match => match.Value)).Distinct().ToList();

        Assert.Contains("SSHFN_BROKER_DATA", named);
        // The tests' own variable: which broker to run.
        Assert.Empty(named.Except(Known()).Except(["SSHFN_BROKER_BIN"]));
    }

    [Fact]
    public void What_the_broker_needs_in_Azure_is_set()
    {
        string[] needed = ["TABLES_URL", "QUEUES_URL", "AZURE_IDENTITY", "USER_CA", "HOST_CA", "JOURNAL_KEY", "PUBLIC_URL", "TRUSTED_PROXY"];

        Assert.Empty(needed.Select(name => "SSHFN_BROKER_" + name).Except(Settings()));
    }

    [Fact]
    public void Nothing_is_set_that_the_plan_refuses() => Assert.Empty(Settings().Intersect(Forbidden));

    [Fact]
    public void Every_queue_of_a_function_is_made_and_its_poison_queue_too()
    {
        var queues = All("SshFunctions.App.Queue.QueueFunctions").Select(function => (string)Member(Member(function, "Declaration"), "Queue"));

        string made = files.Named("host-storage.bicep").Variables.Single(one => one.Name == "queues").Node.Value.Text;
        Assert.Equal(queues.SelectMany(queue => (string[])[queue, queue + "-poison"]).Order(), Quoted().Matches(made.Replace('\'', '"')).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void The_hosts_storage_is_reached_by_identity()
    {
        string[] settings = [.. Settings()];

        Assert.Contains("AzureWebJobsStorage__credential", settings);
        Assert.DoesNotContain(files.Templates, file => file.Tree.Text.Contains("AccountKey", StringComparison.Ordinal));
        Assert.DoesNotContain(files.Templates, file => file.Tree.Text.Contains("listKeys", StringComparison.Ordinal));
    }

    [Fact]
    public void Authentication_of_App_Service_when_it_is_on_lets_nobody_past_unasked()
    {
        BicepDeclaration authentication = files.Named("app.bicep").Resources.Single(one => one.Name == "authentication");

        Assert.Contains("if (!empty(entraClientId))", authentication.Node.Text, StringComparison.Ordinal);
        Assert.Equal("'Return401'", authentication.Body.Get("properties", "globalValidation", "unauthenticatedClientAction")?.Text);
        Assert.EndsWith("= ''", files.Main.Parameters.Single(one => one.Name == "entraClientId").Node.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_is_Flex_Consumption_with_the_custom_runtime()
    {
        BicepNode configuration = Assert.Single(files.OfType("Microsoft.Web/sites")).Body.Get("properties", "functionAppConfig")!;

        Assert.Equal("'FC1'", Assert.Single(files.OfType("Microsoft.Web/serverfarms")).Body.Get("sku", "name")?.Text);
        Assert.Equal("'custom'", configuration.Get("runtime", "name")?.Text);
        Assert.Equal("'1.0'", configuration.Get("runtime", "version")?.Text);
        Assert.Equal("'UserAssignedIdentity'", configuration.Get("deployment", "storage", "authentication", "type")?.Text);
    }

    [Fact]
    public void An_alert_waits_for_lines_that_are_written()
    {
        var written = Repository.FilesUnder("functions/App", ".cs").SelectMany(Repository.ReadLines)
            .SelectMany(line => EventName().Matches(line)).Select(match => match.Groups[1].Value).ToHashSet();
        string alerts = files.Named("alerts.bicep").Tree.Text;
        var awaited = AwaitedEvents().Matches(alerts).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups[1].Value).Distinct().ToList();

        // Beside the event, a query may name the function that a line is about.
        var timers = All("SshFunctions.App.Timer.TimerFunctions").Select(function => (string)Member(Member(function, "Declaration"), "Name"));
        Assert.Contains("Request", awaited);
        Assert.Contains("SealJournal", awaited);
        Assert.Empty(awaited.Except(written).Except(timers));
    }

    private IEnumerable<string> Settings() =>
        files.Named("app.bicep").Variables.Where(one => one.Name is "hostSettings" or "brokerSettings")
            .SelectMany(one => one.Node.Value.Properties).Select(property => property.Name);

    private static HashSet<string> Known() =>
        [.. All("SshFunctions.App.Hosting.Settings.BrokerSettings").Select(setting => (string)Member(setting, "EnvironmentVariable"))];

    // The broker's tables are its own affair and not public; what they hold is what an operator can set and has to make.
    private static IEnumerable<object> All(string table) =>
        ((IEnumerable)Assembly.Load("sshfn-broker").GetType(table, throwOnError: true)!.GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!).Cast<object>();

    private static object Member(object of, string name) => of.GetType().GetProperty(name)!.GetValue(of)!;

    [GeneratedRegex(@"\bSSHFN_BROKER_[A-Z_]+[A-Z]\b")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"EventId \w+ = new\(\d+, ""(\w+)""\)")]
    private static partial Regex EventName();

    [GeneratedRegex(@"event\)? (==|in) (\(?""[^|']*)")]
    private static partial Regex AwaitedEvents();

    [GeneratedRegex(@"""([\w-]+)""")]
    private static partial Regex Quoted();
}
