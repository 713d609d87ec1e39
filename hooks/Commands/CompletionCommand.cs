using System.CommandLine;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Prints what a shell needs to complete command lines; the shell then asks sshfn itself.</summary>
internal sealed class CompletionCommand : SshfnCommand
{
    private const string Bash = """
        _sshfn() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(sshfn "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _sshfn sshfn
        """;

    private const string Zsh = """
        #compdef sshfn
        _sshfn() {
          local -a found
          found=("${(@f)$(sshfn "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found || _files
        }
        compdef _sshfn sshfn
        """;

    private const string Fish = """
        complete -c sshfn -f -a '(sshfn "[suggest:"(commandline -C)"]" (commandline -cp | string collect) 2>/dev/null)'
        """;

    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh or fish" };

    internal CompletionCommand()
        : base("completion", "Print the completion script of a shell", "source <(sshfn completion bash)\nsshfn completion fish > ~/.config/fish/completions/sshfn.fish")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Arguments.Add(_shell);
        Run(arguments =>
        {
            Terminal.Print(arguments.GetValue(_shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCode.Done;
        });
    }
}
