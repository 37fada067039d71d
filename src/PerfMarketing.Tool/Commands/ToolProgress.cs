using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PerfMarketing.Tool.Commands;

/// <summary>Shows how far a task is: a bar with rate and remaining time on a terminal, nothing anywhere else.</summary>
internal static class ToolProgress
{
    /// <summary>Runs a task.</summary>
    /// <param name="console">Where it runs.</param>
    /// <param name="title">What it does, in a few words.</param>
    /// <param name="unit">What it counts, such as <c>MB</c>.</param>
    /// <param name="unitSize">How many steps are one unit.</param>
    /// <param name="work">The task; it is handed null, or where to tell how many steps of how many are done.</param>
    public static T Run<T>(
        ToolConsole console, string title, string unit, double unitSize, Func<Action<long, long>?, T> work)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(work);
        return console.IsTerminal ? RunShown(console, title, new RateColumn(unit, unitSize), work) : work(null);
    }

    private static T RunShown<T>(ToolConsole console, string title, RateColumn rate, Func<Action<long, long>?, T> work)
    {
        IAnsiConsole terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(console.Error) });
        Progress progress = new(terminal) { AutoClear = true };
        progress.Columns(
            new TaskDescriptionColumn(),
            new ProgressBarColumn(),
            new PercentageColumn(),
            rate,
            new RemainingTimeColumn());
        return progress.Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), autoStart: true, maxValue: 1);
            return work((done, total) =>
            {
                task.MaxValue = Math.Max(total, 1);
                task.Value = done;
            });
        });
    }

    /// <summary>Shows how fast a task is.</summary>
    private sealed class RateColumn(string unit, double unitSize) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed
                ? string.Create(CultureInfo.InvariantCulture, $"{speed / unitSize:#,0.#} {unit}/s")
                : string.Empty);
    }
}
