using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PerfMarketing.Simulation.Mutation;

/// <summary>
/// Copies the sources beside the simulation's own intermediate files, plants all bugs, each behind its number, and
/// builds them once. The library that is shipped knows nothing of it.
/// </summary>
internal sealed class MutantBuild(TextWriter output)
{
    /// <summary>The switch, by the name that the simulation looks for.</summary>
    public const string SwitchName = "PerfMarketing.MutantSwitch";

    private const string Project = "tests/PerfMarketing.Core.Simulation";

    private const string SwitchSource = """
        namespace PerfMarketing;

        public static class MutantSwitch
        {
            [System.ThreadStatic]
            private static int planted;

            public static void Turn(int number) => planted = number;

            public static bool Is(int number) => planted == number;
        }
        """;

    private static readonly string[] Folders =
        ["src/PerfMarketing.Core", "src/PerfMarketing.Core.Testing", Project];

    private static readonly string[] Files =
    [
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig",
        "src/Directory.Build.props", "src/BannedSymbols.txt", "tests/Directory.Build.props", "README.md", "LICENSE",
    ];

    /// <summary>Builds the simulation with all bugs planted.</summary>
    /// <returns>The assembly to run; null when a bug could not be planted or nothing was built.</returns>
    public string? Make()
    {
        string root = FindRoot();
        string target = Path.Combine(root, Project, "obj", "gate");
        Copy(root, target);
        bool isPlanted = true;
        for (int i = 0; i < Mutants.All.Count; i++)
        {
            isPlanted &= Plant(Mutants.All[i], i + 1, target);
        }

        File.WriteAllText(Path.Combine(target, "src/PerfMarketing.Core/MutantSwitch.cs"), SwitchSource);
        return isPlanted && Build(Path.Combine(target, Project))
            ? Path.Combine(target, Project, "bin/Release/net10.0/PerfMarketing.Core.Simulation.dll")
            : null;
    }

    /// <summary>Runs a command and hands its output on.</summary>
    public static int Run(string command, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(command) { UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfMarketing.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The sources are not above this program.");
    }

    private static void Copy(string root, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        IEnumerable<string> sources = Folders.SelectMany(folder => Directory
            .EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Where(file => !file.Split('/', '\\').Any(static part => part is "bin" or "obj")));
        foreach (string file in sources.Concat(Files.Where(f => File.Exists(Path.Combine(root, f)))))
        {
            string copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(root, file), copy);
        }
    }

    private bool Plant(Mutant mutant, int number, string target)
    {
        string path = Path.Combine(target, "src/PerfMarketing.Core", mutant.File);
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        int place = text.IndexOf(mutant.Original, StringComparison.Ordinal);
        if (place < 0 || text.IndexOf(mutant.Original, place + 1, StringComparison.Ordinal) >= 0)
        {
            output.WriteLine($"'{mutant.Name}' cannot be planted: its text does not stand once in {mutant.File}");
            return false;
        }

        string call = string.Create(CultureInfo.InvariantCulture, $"global::{SwitchName}.Is({number})");
        StringBuilder planted = new(text, 0, place, text.Length);
        planted.Append(mutant.Mutated.Replace("@", call, StringComparison.Ordinal));
        planted.Append(text, place + mutant.Original.Length, text.Length - place - mutant.Original.Length);
        File.WriteAllText(path, planted.ToString());
        return true;
    }

    private static bool Build(string folder) => Run(
        "dotnet",
        "build",
        folder,
        "-c",
        "Release",
        "-v",
        "quiet",
        "-nologo",
        "-p:RunAnalyzers=false",
        "-p:EnforceCodeStyleInBuild=false",
        "-p:GenerateDocumentationFile=false",
        "-p:TreatWarningsAsErrors=false",
        "-p:NoWarn=CS1591%3BCS8602%3BCS8604%3BCS0165") == 0;
}
