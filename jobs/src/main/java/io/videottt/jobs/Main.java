package io.videottt.jobs;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Version;
import io.videottt.io.storage.StorageLocation;
import io.videottt.jobs.cli.BenchCommand;
import io.videottt.jobs.cli.BenchReportCommand;
import io.videottt.jobs.cli.CatalogCommand;
import io.videottt.jobs.cli.CompletionCommand;
import io.videottt.jobs.cli.ConvertCommand;
import io.videottt.jobs.cli.DemoCommand;
import io.videottt.jobs.cli.ExportCommand;
import io.videottt.jobs.cli.GridCommand;
import io.videottt.jobs.cli.LocalityCommand;
import io.videottt.jobs.cli.MiniatureCommand;
import io.videottt.jobs.cli.PlanCommand;
import io.videottt.jobs.cli.PredictCommand;
import io.videottt.jobs.cli.PresetsCommand;
import io.videottt.jobs.cli.ReportCommand;
import io.videottt.jobs.cli.StatusCommand;
import io.videottt.jobs.cli.SubmitCommandPrinter;
import io.videottt.jobs.cli.SweepCommand;
import io.videottt.jobs.cli.TrainCommand;
import io.videottt.jobs.cli.TryCommand;
import io.videottt.jobs.cli.UsageErrors;
import io.videottt.jobs.cli.evaluate.EvaluateCommand;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.StopSignals;
import io.videottt.jobs.runtime.VisibleWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit status 0 on success, 1 on failure, 2 on wrong usage; errors are one or two
 * lines unless {@code --debug} asks for the stack trace.
 */
@Command(
    name = "ttt",
    description = "Distributed evaluation of test-time training on video streams.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Release.class,
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Example:",
      "  ./ttt demo",
      "",
      "Every command explains itself with --help and prints its spark-submit with --print-command."
    })
public final class Main implements Runnable {

  private static final String HELP = "help";

  /** Columns of help texts; examples, which are there to be copied, are shorter. */
  static final int HELP_WIDTH = 100;

  /** Options of no command, whose answer holds no command's options. */
  private static final Set<String> GENERAL = Set.of("--help", "-h", "--version", "-V");

  /** Options that ask about a command instead of running it. */
  private static final Set<String> ANSWERED_WITHOUT_FILES =
      Set.of("--help", "-h", "--version", "-V", "--print-command");

  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          TryCommand.class,
          SweepCommand.class,
          PlanCommand.class,
          GridCommand.class,
          StatusCommand.class,
          TrainCommand.class,
          ConvertCommand.class,
          MiniatureCommand.class,
          ReportCommand.class,
          ExportCommand.class,
          LocalityCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          CatalogCommand.class,
          PresetsCommand.class,
          BenchCommand.class,
          BenchReportCommand.class,
          CompletionCommand.class);

  @Spec private CommandSpec spec;

  private Main() {}

  /** What {@code --version} prints. */
  static final class Release implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {Version.name()};
    }
  }

  /** Without a command: the commands. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    StopSignals.handle(System.err);
    if (needsSettingsAtOnce(arguments)) {
      HadoopSettings.openJars();
    }
    int status = run(console(System.out), console(System.err), arguments);
    System.exit(status);
  }

  /** Whether the command is a short one whose first need is how files are reached. */
  private static boolean needsSettingsAtOnce(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    return words.size() > 1
        && words.get(0).equals(annotation(EvaluateCommand.class).name())
        && words.stream().noneMatch(ANSWERED_WITHOUT_FILES::contains);
  }

  /** Text in what the terminal reads, which need not be what files are written in. */
  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
  }

  /**
   * Runs a command without ending the process.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @return the exit status
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return runVisibly(VisibleWriter.of(out), VisibleWriter.of(err), arguments);
  }

  private static int runVisibly(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      for (String argument : arguments) {
        StorageLocation.requireNoCredentials(argument, "command line");
      }
    } catch (InvalidInputException e) {
      err.println("ttt: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    try {
      String[] asked = asked(arguments);
      return commandLine(asked).setOut(out).setErr(err).execute(asked);
    } catch (Error e) {
      // The library of the command line hands exceptions to FailureMessages, but not these.
      err.println("ttt: " + FailureMessages.describe(e));
      if (Arrays.asList(arguments).contains("--debug")) {
        e.printStackTrace(err);
      }
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /**
   * {@code help COMMAND} asks what {@code COMMAND --help} asks. A word that is no command has no
   * help: the library would show the general one.
   */
  private static String[] asked(String... arguments) {
    List<String> asked = new ArrayList<>(Arrays.asList(arguments));
    if (!asked.isEmpty() && asked.get(0).equals(HELP)) {
      asked.removeIf(HELP::equals);
      asked.add("--help");
    }
    if (!asked.isEmpty() && !asked.get(0).startsWith("-") && !isCommand(asked.get(0))) {
      asked.removeIf(GENERAL::contains);
    }
    return asked.toArray(String[]::new);
  }

  private static boolean isCommand(String word) {
    return COMMANDS.stream().anyMatch(command -> annotation(command).name().equals(word));
  }

  /** All commands with all of their options. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  /** What these arguments need of it: reading the options of all commands takes its time. */
  private static CommandLine commandLine(String... arguments) {
    if (arguments.length == 0 || arguments.length == 1 && GENERAL.contains(arguments[0])) {
      return outline();
    }
    for (Class<?> command : COMMANDS) {
      if (annotation(command).name().equals(arguments[0])) {
        return commandLine(command == CompletionCommand.class ? COMMANDS : List.of(command));
      }
    }
    return commandLine();
  }

  /** The commands without their options, which the general help does not tell of. */
  private static CommandLine outline() {
    CommandLine commandLine = new CommandLine(new Main());
    for (Class<?> command : COMMANDS) {
      CommandSpec outlined = CommandSpec.create().name(annotation(command).name());
      outlined.usageMessage().description(annotation(command).description());
      commandLine.addSubcommand(outlined);
    }
    return configured(commandLine);
  }

  private static Command annotation(Class<?> command) {
    return command.getAnnotation(Command.class);
  }

  private static CommandLine commandLine(List<Class<?>> commands) {
    CommandLine commandLine = new CommandLine(new Main());
    for (Class<?> command : commands) {
      commandLine.addSubcommand(command);
    }
    return configured(commandLine);
  }

  private static CommandLine configured(CommandLine commandLine) {
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(new UsageErrors());
    commandLine.setExecutionExceptionHandler(new FailureMessages());
    commandLine.setExecutionStrategy(new SubmitCommandPrinter(new CommandLine.RunLast()));
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    // What is printed passes a writer that lets no escape sequence through, not even for bold type.
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return commandLine;
  }
}
