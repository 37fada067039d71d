using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Where money is decided there is no floating point: neither its types nor a literal of them.</summary>
public sealed class NoFloatingPointTests
{
    private static readonly string[] Exact =
    [
        "Primitives", "Monetary", "Tallies", "Payouts", "Attribution", "Budgets", "Contracts", "Settlement",
    ];

    // Curves and fitted models may be irrational; they hand integers to whoever pays.
    private static readonly string[] Excused = ["Attribution/DataDriven", "Budgets/Pacing"];

    private static readonly string[] TypeNames = ["Double", "Single", "Half", "MathF"];

    [Fact]
    public void Money_is_never_floating_point()
    {
        IEnumerable<string> found =
            from file in SourceTree.Core
            let path = file.Path["src/PerfMarketing.Core/".Length..]
            where Exact.Any(room => IsBelow(path, room)) && !Excused.Any(room => IsBelow(path, room))
            from token in file.Syntax.DescendantTokens()
            where IsFloating(token)
            select $"{file.At(token)}: {token.Text}";

        found.ShouldBeNone();
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static bool IsFloating(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword => true,
        SyntaxKind.NumericLiteralToken => token.Value is double or float,
        SyntaxKind.IdentifierToken => TypeNames.Contains(token.Text) && token.Parent is IdentifierNameSyntax name
            && (name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name
                || access.Expression.ToString() == "System"),
        _ => false,
    };
}
