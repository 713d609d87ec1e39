using System.CommandLine;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Prints what a shell needs to complete command lines; the shell then asks sshfn itself.</summary>
internal sealed class CompletionCommand : SshfnCommand
{
    // Options are offered once a dash is typed: before that one looks for a command or a resource.
    private const string Bash = """
        _sshfn() {
          local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}" found
          found="$(sshfn "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
          [[ $word == -* ]] || found="$(grep -v '^[-/]' <<< "$found")"
          COMPREPLY=($(compgen -W "$found" -- "$word"))
          [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
          return 0
        }
        complete -o default -F _sshfn sshfn
        """;

    private const string Zsh = """
        #compdef sshfn
        _sshfn() {
          local -a found
          found=("${(@f)$(sshfn "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          [[ $PREFIX == -* ]] || found=(${found:#[-/]*})
          compadd -a found || _files
        }
        compdef _sshfn sshfn
        """;

    private const string Fish = """
        function __sshfn_complete
          set -l line (commandline -cp | string collect)
          set -l found (sshfn "[suggest:"(string length -- $line)"]" $line 2>/dev/null)
          string match -q -- '-*' (commandline -ct); or set found (string match -v -r -- '^[-/]' $found)
          printf '%s\n' $found
        end
        complete -c sshfn -a '(__sshfn_complete)'
        complete -c sshfn -n 'not __fish_seen_subcommand_from scp sftp keys login git-setup config-ssh' -f
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
