using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>Sees to it that no result takes the place of what a command reads.</summary>
/// <param name="console">Where it complains.</param>
internal sealed class KeptInputs(ToolConsole console)
{
    private static readonly StringComparer Paths =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether the files of a folder replace no input; complains when they do.</summary>
    /// <param name="folder">The folder that is written to; null when nothing is written.</param>
    /// <param name="names">The names of the files that are written.</param>
    /// <param name="inputs">The files that are read; null for what was not said.</param>
    public bool Allow(string? folder, IEnumerable<string> names, params ReadOnlySpan<string?> inputs)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (folder is not { Length: > 0 })
        {
            return true;
        }

        string real = RealFolder(folder);
        foreach (string name in names)
        {
            if (!Allow(Path.Combine(real, name), Path.Combine(folder, name), inputs))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a file replaces no input; complains when it does.</summary>
    /// <param name="output">The file that is written; null when none is.</param>
    /// <param name="inputs">The files that are read; null for what was not said.</param>
    public bool Allow(string? output, params ReadOnlySpan<string?> inputs) =>
        output is not { Length: > 0 } || Allow(Real(output, false), output, inputs);

    // Neither the file nor what is written beside it first.
    private bool Allow(string path, string named, ReadOnlySpan<string?> inputs)
    {
        foreach (string? input in inputs)
        {
            if (input is null)
            {
                continue;
            }

            string read = Real(input, true);
            if (Paths.Equals(read, path) || Paths.Equals(read, path + OutputFiles.Beside)
                || Paths.Equals(Real(input, false), path))
            {
                console.Complain([$"{named}: {SettleCodes.Unwritable}: What is written would replace {input}."]);
                return false;
            }
        }

        return true;
    }

    private static string RealFolder(string folder)
    {
        try
        {
            string full = Path.GetFullPath(folder);
            return Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception problem) when (IsNoPath(problem))
        {
            return Real(folder, false);
        }
    }

    // The full path, of a link that of the file behind it; of what is no path what was said: who opens it complains.
    private static string Real(string path, bool isFollowed)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return isFollowed ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        }
        catch (Exception problem) when (IsNoPath(problem))
        {
            return path;
        }
    }

    private static bool IsNoPath(Exception problem) =>
        problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
