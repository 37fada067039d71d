using PerfMarketing.Tool.Commands;

bool isTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
ToolConsole console = new(Console.Out, Console.Error, isTerminal);
return Entry.Run(args, console, new ToolActions(console));
