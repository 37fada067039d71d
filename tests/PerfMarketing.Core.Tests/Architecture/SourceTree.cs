using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PerfMarketing.Tests.Architecture;

/// <summary>The repository's own files, as the architecture tests read them.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["bin", "obj", "artifacts", "BenchmarkDotNet.Artifacts", "TestResults",
        ".git"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> AllCode = new(() =>
        [.. Files("*.cs", "src", "tests", ".ci")]);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of the repository.</summary>
    public static IReadOnlyList<SourceFile> Code => AllCode.Value;

    /// <summary>The C# files of the library.</summary>
    public static IEnumerable<SourceFile> Core =>
        Code.Where(static f => f.Path.StartsWith("src/PerfMarketing.Core/", StringComparison.Ordinal));

    /// <summary>The files below some folders of the repository, without what tools make.</summary>
    public static IEnumerable<SourceFile> Files(string pattern, params string[] folders) =>
        from folder in folders
        let full = Path.Combine(Root, folder)
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !relative.Split('/').Any(Skipped.Contains)
        orderby relative
        select new SourceFile(relative, File.ReadAllText(file));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfMarketing.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}

/// <summary>One file: its path from the repository's root, with forward slashes, and its text.</summary>
internal sealed class SourceFile(string path, string text)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private readonly Lazy<SyntaxNode> syntax = new(() => CSharpSyntaxTree.ParseText(text, Options, path).GetRoot());

    public string Path { get; } = path;

    public string Text { get; } = text;

    public IReadOnlyList<string> Lines { get; } = text.TrimEnd('\n').Split('\n');

    /// <summary>The file as C# syntax.</summary>
    public SyntaxNode Syntax => syntax.Value;

    /// <summary>The path, and the line on which a node begins, as a compiler would print it.</summary>
    public string At(SyntaxNodeOrToken node) =>
        $"{Path}({node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1})";
}
