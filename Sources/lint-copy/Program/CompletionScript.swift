import ArgumentParser

/// A completion script of the argument parser, with what it leaves out.
///
/// The parser's scripts know nothing of a command that may be left out, of another name for one, and
/// of a path after `=` (`--output-format sarif=PATH`, `--key ARN=FILE`). Each script is changed where
/// it hands a line over: a line without a command is completed as one with `check`.
enum CompletionScript {
  /// The script for whoever asks for one; the parser's own where it is not built as expected.
  static func completed(_ script: String) -> String {
    if script.contains("complete -o filenames -F _lint-copy lint-copy") {
      return script.replacingFirst(
        "complete -o filenames -F _lint-copy lint-copy",
        with: bash + "\ncomplete -o filenames -F __lint-copy_line lint-copy")
    }
    if script.hasPrefix("#compdef"),
      let renamed = script.replacingFirst("\n_lint-copy() {", ifFound: "\n__lint-copy_commands() {")
    {
      return renamed.replacingFirst(
        "\nif [[ \"${funcstack[1]}\"", with: "\n" + zsh + "\nif [[ \"${funcstack[1]}\"")
    }
    if let renamed = script.replacingFirst(
      "function __lint-copy_tokens\n", ifFound: "function __lint-copy_typed_tokens\n")
    {
      return renamed + fish
    }
    return script
  }

  /// The commands by their names, without other names for them.
  private static var commands: [String] {
    LintCopy.configuration.subcommands.map { $0._commandName } + ["help"]
  }

  private static let bash = """
    # A line without a command is one with `check`; what follows `=` is a path.
    __lint-copy_line() {
        local current="${COMP_WORDS[COMP_CWORD]}" option='' file="${2}"
        if [[ "${current}" == '=' ]]; then
            option="${COMP_WORDS[COMP_CWORD - 1]}" file=''
        elif [[ "${COMP_CWORD}" -gt 2 && "${COMP_WORDS[COMP_CWORD - 1]}" == '=' ]]; then
            option="${COMP_WORDS[COMP_CWORD - 2]}" file="${current}"
        fi
        if [[ -n "${option}" && "${option}" != --* ]]; then
            mapfile -t COMPREPLY < <(compgen -f -- "${file}")
            return
        elif [[ -n "${option}" ]]; then
            # `--option=value` is completed as `--option value`.
            if [[ "${current}" == '=' ]]; then
                COMP_WORDS[COMP_CWORD]=''
            else
                COMP_WORDS=("${COMP_WORDS[@]:0:COMP_CWORD-1}" "${COMP_WORDS[@]:COMP_CWORD}")
                ((COMP_CWORD--))
            fi
            set -- "${1}" "${file}" "${option}"
        fi

        case "${COMP_WORDS[1]}" in
        \(commands.joined(separator: "|")))
            _lint-copy "${@}"
            return
            ;;
        explain)
            COMP_WORDS[1]=rule
            _lint-copy "${@}"
            return
            ;;
        esac
        local -a replies=()
        if [[ "${COMP_CWORD}" -eq 1 && "${current}" != -* ]]; then
            _lint-copy "${@}"
            replies=("${COMPREPLY[@]}")
            COMPREPLY=()
        fi
        COMP_WORDS=("${COMP_WORDS[0]}" check "${COMP_WORDS[@]:1}")
        ((COMP_CWORD++))
        _lint-copy "${@}"
        COMPREPLY=("${replies[@]}" "${COMPREPLY[@]}")
    }

    """

  private static let zsh = """
    # A line without a command is one with `check`; what follows `=` is a path.
    _lint-copy() {
        if [[ "${PREFIX}" == [^-]*=* ]]; then
            compset -P '*='
            _files
            return
        fi
        local -i ret=1
        case "${words[2]}" in
        \(commands.joined(separator: "|")))
            ;;
        explain)
            words[2]=rule
            ;;
        *)
            if [[ "${CURRENT}" -eq 2 && "${PREFIX}" != -* ]]; then
                __lint-copy_commands "${@}" && ret=0
                _files -g '*.(json|yaml|yml|template)' && ret=0
                return "${ret}"
            fi
            words=("${words[1]}" check "${(@)words[2,-1]}")
            ((CURRENT++))
            ;;
        esac
        __lint-copy_commands "${@}"
    }

    """

  private static let fish = """


    # A line without a command is one with `check`.
    function __lint-copy_tokens
        set -l tokens (__lint-copy_typed_tokens $argv)
        if contains -- -pc $argv
            if test "$tokens[2]" = explain
                set tokens[2] rule
            else if not contains -- "$tokens[2]" \(commands.joined(separator: " "))
                if test (count $tokens) -gt 1; or string match -q -- '-*' (commandline -t)
                    set tokens $tokens[1] check $tokens[2..]
                end
            end
        end
        printf '%s\\n' $tokens
    end

    # What follows `=` is a path.
    function __lint-copy_paths
        set -l parts (string split -m 1 -r = -- (commandline -t))
        test (count $parts) -eq 2; or return
        for path in $parts[2]*
            test -d $path; and set path $path/
            printf '%s=%s\\n' $parts[1] $path
        end
    end

    complete -c 'lint-copy' -n '__lint-copy_should_offer_completions_for_positional "lint-copy" -eq 1' -F
    for option in output-format key scp rcp
        complete -c 'lint-copy' -n '__lint-copy_should_offer_completions_for_flags_or_options "lint-copy check"' -l $option -rfa '(__lint-copy_paths)'
    end

    """
}

extension String {
  /// The text with the first occurrence of another replaced; the text itself where there is none.
  fileprivate func replacingFirst(_ text: String, with other: String) -> String {
    replacingFirst(text, ifFound: other) ?? self
  }

  /// The text with the first occurrence of another replaced; nil where there is none.
  fileprivate func replacingFirst(_ text: String, ifFound other: String) -> String? {
    guard let range = firstRange(of: text) else { return nil }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
