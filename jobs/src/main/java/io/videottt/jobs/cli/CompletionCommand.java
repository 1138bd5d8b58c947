package io.videottt.jobs.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    spec.commandLine().getOut().print(AutoComplete.bash("ttt", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
