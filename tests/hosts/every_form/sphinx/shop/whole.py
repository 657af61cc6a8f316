app = "in a file"


class Greeter:
    def greet(self) -> str:
        return "shown of a file"
