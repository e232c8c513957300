using AuthzCluster.Api.Grpc.HealthV1;
using AuthzCluster.Api.Grpc.ReflectionV1;
using AuthzCluster.Api.Grpc.V1;
using Google.Protobuf.Reflection;

namespace AuthzCluster.Server.Tests.Protos;

/// <summary>
/// Callers have clients made of the released proto files: what is in <c>released.txt</c>, a line for each method, field and value, stays as it is. What is new
/// is added to it with a release: the tests write what they found to <c>Protos/found.txt</c> beside themselves.
/// </summary>
public sealed class ReleasedProtoTests
{
    private static readonly FileDescriptor[] Files = [AuthzV1Reflection.Descriptor, GrpcHealthV1Reflection.Descriptor, GrpcReflectionV1Reflection.Descriptor];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Protos");

    [Fact]
    public void Protos_AsReleased_AreThereStill()
    {
        var found = Files.SelectMany(Lines).ToList();
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(Path.Combine(Folder, "found.txt"), found);

        Assert.Empty(Broken(Released(), found));
    }

    [Theory]
    [InlineData("authz.v1.Role.name = 3 string", "authz.v1.Role.name = 4 string")]
    [InlineData("authz.v1.Role.name = 3 string", "authz.v1.Role.name = 3 bytes")]
    [InlineData("authz.v1.Role.name = 3 string", "authz.v1.Role.name = 3 optional string")]
    [InlineData("authz.v1.Role.name = 3 string", "")]
    [InlineData("authz.v1.Role", "")]
    [InlineData("authz.v1.RoleService.GetRole (authz.v1.GetRoleRequest) (authz.v1.Role)", "authz.v1.RoleService.GetRole (authz.v1.GetRoleRequest) (stream authz.v1.Role)")]
    public void Broken_ChangedInALine_IsFound(string line, string changed)
    {
        var found = Files.SelectMany(Lines).ToList();
        Assert.Contains(line, found);

        Assert.Equal([line], Broken(Released(), found.Select(one => one == line ? changed : one)));
    }

    [Fact]
    public void Broken_ByWhatIsNew_IsNothing() => Assert.Empty(Broken(Released(), Files.SelectMany(Lines).Append("authz.v1.Role.new = 99 string")));

    private static string[] Released() => File.ReadAllLines(Path.Combine(Folder, "released.txt"));

    private static IEnumerable<string> Broken(IEnumerable<string> released, IEnumerable<string> found) => released.Except(found);

    private static IEnumerable<string> Lines(FileDescriptor file) =>
        file.Services.SelectMany(service => service.Methods).Select(Line)
            .Concat(file.MessageTypes.SelectMany(Lines)).Concat(file.EnumTypes.SelectMany(Lines));

    private static string Line(MethodDescriptor method) =>
        $"{method.FullName} ({(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName}) ({(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName})";

    private static IEnumerable<string> Lines(MessageDescriptor type) => type.Fields.InFieldNumberOrder().Select(Line)
        .Concat(type.NestedTypes.SelectMany(Lines)).Concat(type.EnumTypes.SelectMany(Lines)).Prepend(type.FullName);

    private static IEnumerable<string> Lines(EnumDescriptor type) => type.Values.Select(value => $"{value.FullName} = {value.Number}");

    // Whether a field is optional is part of it: who is told nothing must tell that from an empty text.
    private static string Line(FieldDescriptor field)
    {
        var kind = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var type => type.ToString().ToLowerInvariant(),
        };
        return $"{field.FullName} = {field.FieldNumber} {(field.IsRepeated ? "repeated " : field.HasPresence && field.FieldType != FieldType.Message ? "optional " : "")}{kind}";
    }
}
