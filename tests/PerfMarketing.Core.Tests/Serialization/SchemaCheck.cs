using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PerfMarketing.Tests.Serialization;

/// <summary>Holds JSON against a schema: only the keywords that our schemas use, and no other is passed over.</summary>
internal sealed class SchemaCheck
{
    private static readonly string[] Notes = ["$schema", "title", "$defs", "default", "examples"];

    private readonly JsonElement root;

    private SchemaCheck(JsonElement root) => this.root = root;

    /// <summary>What of a text does not fit; empty when it is valid.</summary>
    public static IReadOnlyList<string> Failures(string schema, string json)
    {
        using JsonDocument parsed = JsonDocument.Parse(schema);
        using JsonDocument value = JsonDocument.Parse(json);
        List<string> failures = [];
        new SchemaCheck(parsed.RootElement).Check(parsed.RootElement, value.RootElement, "$", failures);
        return failures;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> failures)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!Notes.Contains(keyword.Name) && !Holds(schema, keyword, value, path, failures))
            {
                failures.Add($"{path}: {keyword.Name}");
            }
        }
    }

    private bool Holds(
        JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<string> failures)
    {
        JsonElement told = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                return told.ValueKind == JsonValueKind.Array
                    ? told.EnumerateArray().Any(t => IsType(value, t.GetString()!))
                    : IsType(value, told.GetString()!);
            case "const":
                return JsonElement.DeepEquals(told, value);
            case "enum":
                return told.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));
            case "pattern":
                return value.ValueKind != JsonValueKind.String
                    || Regex.IsMatch(value.GetString()!, told.GetString()!, RegexOptions.CultureInvariant);
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= told.GetInt32();
            case "minItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= told.GetInt32();
            case "maxItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= told.GetInt32();
            case "required":
                return value.ValueKind != JsonValueKind.Object
                    || told.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "additionalProperties":
                return told.ValueKind == JsonValueKind.False && (value.ValueKind != JsonValueKind.Object
                    || value.EnumerateObject()
                        .All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)));
            case "oneOf":
                return told.EnumerateArray().Count(one => Fits(one, value, path)) == 1;
            default:
                CheckInside(keyword, value, path, failures);
                return true;
        }
    }

    private void CheckInside(JsonProperty keyword, JsonElement value, string path, List<string> failures)
    {
        switch (keyword.Name)
        {
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    if (keyword.Value.TryGetProperty(property.Name, out JsonElement schema))
                    {
                        Check(schema, property.Value, $"{path}.{property.Name}", failures);
                    }
                }

                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
                    Check(keyword.Value, item, place, failures);
                }

                break;
            case "$ref":
                string name = keyword.Value.GetString()!["#/$defs/".Length..];
                Check(root.GetProperty("$defs").GetProperty(name), value, path, failures);
                break;
            case "properties" or "items":
                break;
            default:
                throw new InvalidOperationException($"The keyword {keyword.Name} is not checked.");
        }
    }

    private bool Fits(JsonElement schema, JsonElement value, string path)
    {
        List<string> failures = [];
        Check(schema, value, path, failures);
        return failures.Count == 0;
    }

    private static bool IsType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new InvalidOperationException($"The type {type} is not checked."),
    };
}
