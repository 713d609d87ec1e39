using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http.Contract;

/// <summary>Projects, environments and resources as the API reads and writes them.</summary>
internal static class TreeContract
{
    private static readonly Dictionary<string, SshSwitch> Switches = new(StringComparer.Ordinal)
    {
        ["enabled"] = SshSwitch.Enabled,
        ["disabled"] = SshSwitch.Disabled,
    };

    /// <summary>The path of a route's values: one name, or two, or three.</summary>
    public static Result<ResourcePath> PathOf(params ReadOnlySpan<string> names)
    {
        ResourcePath path = ResourcePath.Root;
        foreach (string name in names)
        {
            if (!ResourcePath.IsName(name)) return new Refusal.Invalid("path", "a name in the path is not allowed", ResourcePath.NameRule);
            path = path.Child(name);
        }

        return path;
    }

    public static Result<Project> ToProject(ResourcePath path, ProjectRequest request, Project? present) =>
        SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            ? new Project(path, request.Description ?? present?.Description ?? "", state)
            : refusal;

    public static Result<ProjectEnvironment> ToEnvironment(ResourcePath path, EnvironmentRequest request, ProjectEnvironment? present) =>
        SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            ? new ProjectEnvironment(
                path, request.Description ?? present?.Description ?? "", state, request.Protected ?? present?.Protected ?? false)
            : refusal;

    public static ProjectResponse Of(Project project) => new(project.Path.Text, project.Description, WordOf(project.SshSwitch), Of(project.Switched));

    public static EnvironmentResponse Of(ProjectEnvironment environment) =>
        new(environment.Path.Text, environment.Description, WordOf(environment.SshSwitch), environment.Protected, Of(environment.Switched));

    public static Api.SwitchChange? Of(Core.Resources.SwitchChange? change) => change is null ? null : new(change.By.Text, change.At, change.Reason);

    public static PlaceResponse PlaceOf(Project project) =>
        new(project.Path.Text, project.Description, WordOf(project.SshSwitch), Protected: false, Of(project.Switched));

    public static PlaceResponse PlaceOf(ProjectEnvironment environment) =>
        new(environment.Path.Text, environment.Description, WordOf(environment.SshSwitch), environment.Protected, Of(environment.Switched));

    /// <summary>What is left out stays as it is: a change of a description must not switch SSH on.</summary>
    public static Result<SshSwitch> SwitchOf(string? word, SshSwitch? present) => SwitchOf(word ?? WordOf(present ?? SshSwitch.Enabled), "sshSwitch");

    public static Result<SshSwitch> SwitchOf(string word, string field) => Fields.Choose(word, field, Switches);

    public static string WordOf(SshSwitch state) => state == SshSwitch.Enabled ? "enabled" : "disabled";
}
