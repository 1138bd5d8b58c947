package io.videottt.jobs.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Prints what bash and zsh need to complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets bash or zsh complete commands and options of ttt.",
      "In bash: source it in ~/.bashrc. In zsh: the same in ~/.zshrc, after compinit; the script "
          + "loads bashcompinit itself."
    },
    footer = {"", "Example:", "  source <(./ttt completion)"})
public final class CompletionCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    offerSmallLetters(root);
    spec.commandLine().getOut().print(AutoComplete.bash("ttt", root));
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** Constants are offered as the documentation and files write them. */
  private static void offerSmallLetters(CommandLine commandLine) {
    CommandSpec command = commandLine.getCommandSpec();
    for (OptionSpec option : List.copyOf(command.options())) {
      List<String> constants =
          Stream.concat(Stream.of(option.type()), Arrays.stream(option.auxiliaryTypes()))
              .filter(Class::isEnum)
              .flatMap(type -> Arrays.stream(type.getEnumConstants()))
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .distinct()
              .toList();
      if (!constants.isEmpty()) {
        command.remove(option);
        command.addOption(option.toBuilder().completionCandidates(constants).build());
      }
    }
    commandLine.getSubcommands().values().forEach(CompletionCommand::offerSmallLetters);
  }
}
