using System.Globalization;
using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool;

/// <summary>A folder of its own in which a test runs the command, as a person would.</summary>
internal sealed class ToolRun : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("perfmarketing").FullName;

    /// <summary>What the last run printed.</summary>
    public string Printed { get; private set; } = string.Empty;

    /// <summary>What the last run complained of.</summary>
    public string Complained { get; private set; } = string.Empty;

    /// <summary>What the last run printed, as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Printed).RootElement;

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Reads a file of the folder.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Runs the command; words that name files of the folder are made paths.</summary>
    public int Run(params string[] words)
    {
        using StringWriter printed = new(CultureInfo.InvariantCulture);
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(printed, complained, IsTerminal: false);
        string[] args = [.. words.Select(word => word.StartsWith('@') ? Path.Combine(Folder, word[1..]) : word)];
        int code = Entry.Run(args, console, new ToolActions(console));
        Printed = printed.ToString();
        Complained = complained.ToString();
        return code;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
