using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfMarketing.Tests.Architecture;

/// <summary>A room of the library uses only rooms of lower floors; rooms on one floor do not see each other.</summary>
public sealed class FloorsTests
{
    private const string Core = "src/PerfMarketing.Core/";

    private static readonly string[][] Floors =
    [
        ["Primitives"],
        ["Monetary", "Time", "Identity", "Integrity"],
        ["Events"],
        ["Tallies"],
        ["Payouts", "Proofs", "Attribution", "Budgets"],
        ["Contracts"],
        ["Campaigns"],
        ["Settlement"],
        ["Measurement"],
        ["Workflows", "Serialization"],
        ["DependencyInjection"],
    ];

    private static readonly Dictionary<string, int> FloorOf = Floors
        .SelectMany(static (rooms, floor) => rooms.Select(room => (room, floor)))
        .ToDictionary(static f => f.room, static f => f.floor, StringComparer.Ordinal);

    private static readonly HashSet<string> TypeNames = [.. typeof(PerfMarketing.Primitives.Reason).Assembly.GetTypes()
        .Select(static t => $"{t.Namespace}.{t.Name.Split('`')[0]}")];

    [Fact]
    public void Every_folder_is_a_room_on_a_floor() =>
        SourceTree.Core.Select(static f => RoomOf(f.Path)).Distinct().Except(FloorOf.Keys).ShouldBeNone(
            "a file lies in a room, and a room is on one floor");

    [Fact]
    public void A_room_sees_only_lower_floors()
    {
        IEnumerable<string> upwards =
            from file in SourceTree.Core
            let room = RoomOf(file.Path)
            where FloorOf.ContainsKey(room)
            from seen in RoomsSeenBy(file)
            where seen.Room != room && FloorOf[seen.Room] >= FloorOf[room]
            select $"{file.At(seen.Node)}: {room} on floor {FloorOf[room]} sees {seen.Room} on {FloorOf[seen.Room]}";

        upwards.ShouldBeNone();
    }

    [Fact]
    public void No_using_hides_a_room_from_the_reader() =>
        SourceTree.Core.SelectMany(static f => f.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Where(static u => u.GlobalKeyword.Span.Length > 0).Select(u => f.At(u)))
            .ShouldBeNone("each file names what it uses");

    private static string RoomOf(string path) => path[Core.Length..].Split('/')[0];

    private static IEnumerable<(string Room, SyntaxNode Node)> RoomsSeenBy(SourceFile file) =>
        from node in file.Syntax.DescendantNodes(static n =>
            n is not (QualifiedNameSyntax or MemberAccessExpressionSyntax))
        where node is QualifiedNameSyntax or MemberAccessExpressionSyntax
            && node.Parent is not BaseNamespaceDeclarationSyntax
        let room = RoomNamedBy(node.ToString())
        where room is not null
        select (room, node);

    // "PerfMarketing.Events", "global::PerfMarketing.Events.Outcome" and, inside the root namespace, "Events.Outcome".
    private static string? RoomNamedBy(string name)
    {
        string[] parts = name.Replace("global::", string.Empty, StringComparison.Ordinal).Split('.');
        if (parts[0] == "PerfMarketing")
        {
            return parts.Length > 1 && FloorOf.ContainsKey(parts[1]) ? parts[1] : null;
        }

        string type = parts[1].Split('<', '(')[0];
        return FloorOf.ContainsKey(parts[0])
            && TypeNames.Contains($"PerfMarketing.{parts[0]}.{type}") ? parts[0] : null;
    }
}
