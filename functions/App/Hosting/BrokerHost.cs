using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Portal;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Http;

namespace SshFunctions.App.Hosting;

/// <summary>Puts the frame together: server, log, middlewares, functions.</summary>
internal static class BrokerHost
{
    private static readonly EventId Listening = new(20, "Listening");
    private static readonly EventId Exposed = new(21, "PlainHttpOnTheNetwork");

    /// <summary>Builds the broker; it listens when it is started.</summary>
    /// <param name="profile">The configuration.</param>
    /// <param name="log">Where the log goes.</param>
    /// <param name="services">What the functions need; registered before the frame's own, which then stay away.</param>
    /// <param name="functions">What is served.</param>
    /// <param name="triggers">What is served to the Functions host; null without one.</param>
    public static WebApplication Build(
        BrokerProfile profile,
        Stream log,
        Action<IServiceCollection> services,
        ImmutableArray<IHttpFunction> functions,
        TriggerSettings? triggers = null)
    {
        // The slim builder would read appsettings.json beside the caller and ASPNETCORE_ variables: an endpoint there would pass by the
        // refusal of plain HTTP. The empty one reads nothing.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        services(builder.Services);
        AddFrame(builder, profile, log);
        WebApplication app = builder.Build();

        if (triggers is not null)
            app.MapTriggers(triggers);
        app.UseMiddleware<RequestRim>();
        app.UseMiddleware<FramingGuard>();
        app.UseMiddleware<ClientAddresses>();
        app.UseMiddleware<AddressRateLimit>();
        app.UseMiddleware<RawTargetGuard>();
        app.UseRouting();
        app.UseMiddleware<SpellingGuard>();
        app.UseMiddleware<AwaitBroker>();
        app.UseMiddleware<CallerAuthentication>();
        app.UseMiddleware<BodyGuard>();
        foreach (IHttpFunction function in functions)
            function.Map(app);
        if (triggers is null)
            app.MapPortalRedirect();
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, profile));
        return app;
    }

    /// <summary>The addresses it listens on, with the ports that the system chose.</summary>
    public static IReadOnlyCollection<string> UrlsOf(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    private static void AddFrame(WebApplicationBuilder builder, BrokerProfile profile, Stream log)
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(profile.Proxies);
        services.AddSingleton(profile);
        services.AddSingleton(profile.RateLimits);
        services.AddSingleton<RateLimits>();
        services.AddSingleton<JournalSearches>();
        services.AddSingleton<BrokerUrl>();
        services.AddRoutingCore();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        AddLog(builder, log);
        AddOpenApi(services);
        // Hosted services stop in reverse order: registered before the server's own, telemetry outlives the requests.
        if (profile.OtlpEndpoint is { } collector)
            services.AddHostedService(_ => new Telemetry(collector));
        if (profile.Tls is not null)
            services.AddSingleton(profile.Tls).AddSingleton<TlsCertificate>();

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        services.AddOptions<KestrelServerOptions>()
            .Configure<IServiceProvider>((kestrel, provider) => Endpoints.Configure(kestrel, profile, provider.GetService<TlsCertificate>()));
    }

    private static void AddLog(WebApplicationBuilder builder, Stream log)
    {
        builder.Services.AddSingleton<ILoggerProvider>(provider => new JsonLines(log, provider.GetRequiredService<TimeProvider>()));
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        // Below warnings the framework writes URLs with their query strings.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
    }

    private static void AddOpenApi(IServiceCollection services)
    {
        services.AddSingleton<OpenApiText>();
        services.AddOpenApi(OpenApiText.DocumentName, options => options
            .AddOperationTransformer<OpenApiOperations>()
            .AddDocumentTransformer<OpenApiOperations>());
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            // As requests are read; with the default, every number of the document could be a string too.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.RespectNullableAnnotations = true;
        });
    }

    private static void Announce(WebApplication app, BrokerProfile profile)
    {
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SshFunctions.App");
        foreach (ListenAddress address in profile.PlainHttpOnTheNetwork)
            log.LogWarning(Exposed, "{Address} carries access tokens in the clear to whoever can reach this machine's network", address.Url);
        foreach (string url in UrlsOf(app))
            log.LogInformation(Listening, "Listening on {Url}", url);
    }
}
